internal import FarmModel

/// The files of a repository that are the configurations of a build.
public struct MelangeGitSource: Sendable, Equatable {
    /// The address.
    public var repository: String
    /// A branch, a tag or a commit; nil is what the repository calls its head.
    public var reference: String?
    /// Which files of the folder; nil is ``usualPattern``.
    public var pattern: String?
    /// The folder; nil is that of the repository.
    public var path: String?

    /// What is taken where the request says nothing.
    public static let usualPattern = "*.yaml"

    init(_ object: RequestObject) throws(RequestObject.Fault) {
        repository = try object.string("repository") ?? ""
        reference = try Self.filled(object.string("ref"))
        pattern = try Self.filled(object.string("pattern"))
        path = try Self.filled(object.string("path"))
    }

    init(stored: JSONObject) {
        repository = stored["repository"]?.string ?? ""
        reference = stored["ref"]?.string
        pattern = stored["pattern"]?.string
        path = stored["path"]?.string
    }

    /// `git_source` as answers show it.
    var json: JSONObject {
        var object: JSONObject = ["repository": .string(repository)]
        object.add("ref", reference)
        object.add("pattern", pattern)
        object.add("path", path)
        return object
    }

    /// What is said where nothing matches.
    public var nothingFound: MelangeError {
        .loadingConfigs("no config files found matching pattern \(pattern ?? Self.usualPattern) in \(path ?? ".")")
    }

    private static func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
