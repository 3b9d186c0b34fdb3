internal import FarmModel
internal import Glibc
internal import HostSystem

/// Files whose content is believed, because nobody but root and this user can have written it: the rule of ssh.
enum TrustedFile {
    /// The content of a file; nil if there is none. The null device is an empty file.
    /// - Throws: `configuration` if it cannot be read, or if others may write it.
    static func content(of path: String, limit: Int) throws(FarmError) -> [UInt8]? {
        guard let file = try (attempt(path) { () throws(SystemError) in try Files.open(path, [.read, .nonBlocking]) }) else { return nil }
        let status = try attempt(path) { () throws(SystemError) in try file.status() }
        if status?.type == .characterDevice, path == "/dev/null" { return [] }
        if let problem = status.flatMap(problem) { throw FarmError(.configuration, "\(path) \(problem)") }
        return try attempt(path) { () throws(SystemError) in try file.readAll(limit: limit) }
    }

    /// The result of a call on a file; nil if the file is missing.
    private static func attempt<Value>(_ path: String, _ call: () throws(SystemError) -> Value) throws(FarmError) -> Value? {
        do throws(SystemError) {
            return try call()
        } catch {
            if error.isMissing || error.code == ENOTDIR { return nil }
            throw FarmError(.configuration, "\(SystemError(code: error.code, attempt: error.attempt, path: path)); see bf.yaml(5)")
        }
    }

    private static func problem(with status: FileStatus) -> String? {
        guard status.type == .regular else { return "is not a regular file" }
        guard status.owner == 0 || status.owner == geteuid() else {
            return "belongs neither to you nor to root (user id \(status.owner)), so it is not trusted"
        }
        return status.permissions & 0o022 == 0 ? nil : "can be written by others; take that right away with chmod go-w"
    }
}
