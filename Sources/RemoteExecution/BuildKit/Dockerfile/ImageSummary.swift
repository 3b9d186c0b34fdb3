internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// What became of an image, as it stands beside it in `image.json`.
struct ImageSummary: Sendable, Equatable {
    /// Where it stands.
    static let file = "image.json"

    /// The name it has first of all; nil if it has none.
    var image: String?
    /// The digest of its manifest.
    var digest: String?
    /// All names it has.
    var tags: [String] = []
    /// What it is made for.
    var platforms: [Platform] = []
    /// What was done in place of what was asked for, a sentence each.
    var fallbacks: [String] = []

    /// Notes what became of it; a digest of a registry is worth more than one of a store.
    mutating func note(_ outcome: ImageOutcome, as name: String?) {
        digest = outcome.digest ?? digest
        if let name {
            image = image ?? name
            tags.append(name)
        }
        for fallback in outcome.fallbacks where !fallbacks.contains(fallback) { fallbacks.append(fallback) }
    }

    /// The content of the file; nil for an image without a digest.
    var json: JSONObject? {
        guard let digest else { return nil }
        var object = JSONObject()
        object.add("image", image)
        object.add("digest", digest)
        object.add("tags", tags.isEmpty ? nil : .array(tags.map(JSONValue.string)))
        object.add("platforms", .array(platforms.map { .string($0.description) }))
        object.add("fallbacks", fallbacks.isEmpty ? nil : .array(fallbacks.map(JSONValue.string)))
        return object
    }

    /// Writes the file.
    func write(into folder: Descriptor) throws {
        guard let json else { return }
        if try Files.statusIfPresent(Self.file, in: folder) != nil {
            throw ExecutionFailure(
                .build, "outputs: the image has a \(Self.file) of its own, where its digest is to stand; make an archive of it")
        }
        let file = try Files.open(Self.file, [.write, .create, .exclusive, .noFollow], mode: 0o644, in: folder)
        try file.writeAll(Array("\(JSONValue.object(json).text)\n".utf8))
    }
}
