import FarmModel
import HostSystem

/// Where files lie that are not complete: `uploads/DIGEST-OWNER`, the owner as the beginning of a digest, as it may be any text.
struct UploadFolder {
    let path: String

    init(_ directory: StateDirectory) { path = directory.uploads }

    func path(of digest: Digest, _ owner: String) -> String { "\(path)/\(digest.hex)-\(Self.suffix(of: owner))" }

    /// The names of all files, sorted.
    var names: [String] { ((try? Files.entries(of: path)) ?? []).filter { $0.type == .regular }.compactMap(\.name) }

    /// How many bytes they have together.
    var bytes: Int64 { FolderSize.bytes(path) }

    /// The names of one owner's files.
    func names(of owner: String) -> [String] {
        let suffix = "-" + Self.suffix(of: owner)
        return names.filter { $0.hasSuffix(suffix) }
    }

    private static func suffix(of owner: String) -> String { String(Digest.of(owner.utf8).hex.prefix(16)) }
}
