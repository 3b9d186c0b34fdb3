internal import HostSystem
internal import ToolKit

/// A file with a secret that an operator names.
enum PrivateFile {
    /// Says so if others can read it; that it is missing is told by those who read it.
    static func check(_ path: String, holding what: String, in context: ToolContext) {
        guard let status = try? Files.status(path, following: true), status.permissions & 0o007 != 0 else { return }
        context.note("others can read \(what) in \(path); chmod o-rwx \(path)")
    }
}
