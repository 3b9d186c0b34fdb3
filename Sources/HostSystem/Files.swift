internal import CHostSystem
internal import Glibc

/// Files and folders.
///
/// A path without a leading slash is relative to the folder given as `in`, else to the current directory. Every function throws a
/// `SystemError` with the path it was given.
public enum Files {
    /// Opens a file. `mode` is that of a file created, less the umask.
    public static func open(
        _ path: String, _ options: OpenOptions = .read, mode: UInt32 = 0o666, in folder: Descriptor? = nil
    ) throws(SystemError) -> Descriptor {
        try SystemCall.descriptor("open", path) { bf_open(folder.systemNumber, path, options.rawValue, mode) }
    }

    /// Opens a file beneath `folder` by a path from outside: it fails where the path leaves the folder (`EXDEV`) or meets a symbolic
    /// link (`ELOOP`).
    public static func open(
        _ path: String, beneath folder: Descriptor, _ options: OpenOptions = .read, mode: UInt32 = 0o666
    ) throws(SystemError) -> Descriptor {
        try SystemCall.descriptor("open", path) { bf_open_beneath(folder.openNumber, path, options.rawValue, mode) }
    }

    /// The whole content of a file.
    /// - Throws: `SystemError`; code `EFBIG` when there are more than `limit` bytes.
    public static func readAll(_ path: String, limit: Int, in folder: Descriptor? = nil) throws(SystemError) -> [UInt8] {
        let file = try open(path, .read, in: folder)
        do {
            return try file.readAll(limit: limit)
        } catch {
            throw SystemError(code: error.code, attempt: error.attempt, path: path)
        }
    }

    /// Creates a file or replaces it by one with this content: readers see the old or the new content, nothing between, also after a
    /// power cut. `mode` is less the umask.
    public static func writeAtomically(
        _ bytes: [UInt8], to path: String, mode: UInt32 = 0o644, in folder: Descriptor? = nil
    ) throws(SystemError) {
        let parent = PathText.parent(of: path)
        let temporary = PathText.joined(parent, ".\(PathText.lastPart(of: path).utf8Prefix(200)).\(RandomBytes.hexadecimal(8))")
        do {
            let file = try open(temporary, [.write, .create, .exclusive, .noFollow], mode: mode, in: folder)
            try file.writeAll(bytes)
            try file.sync()
            try rename(temporary, to: path, from: folder, into: folder)
        } catch {
            try? removeFile(temporary, in: folder)
            throw SystemError(code: error.code, attempt: error.attempt, path: path)
        }
        try open(parent.isEmpty ? "." : parent, [.read, .folder], in: folder).sync()
    }

    /// Copies a file's content into `destination`, sharing the blocks where the file system can.
    /// - Returns: the number of bytes.
    /// - Throws: `SystemError`; code `EFBIG` when there are more than `limit` bytes; then some of them are written.
    @discardableResult
    public static func copy(from source: Descriptor, to destination: Descriptor, limit: Int64 = .max - 1) throws(SystemError) -> Int64 {
        try SystemCall.value("copy") { bf_copy(source.number, destination.number, limit) }
    }

    /// What is at the path: the link itself, where it is a symbolic link and not `following`.
    public static func status(
        _ path: String, following: Bool = false, in folder: Descriptor? = nil
    ) throws(SystemError) -> FileStatus {
        var raw = bf_file_status()
        if path.isEmpty { throw SystemError(code: ENOENT, attempt: "examine", path: path) }
        try SystemCall.value("examine", path) { bf_file_status(folder.systemNumber, path, following ? 1 : 0, &raw) }
        return FileStatus(raw)
    }

    /// What is at the path, nil if nothing is.
    public static func statusIfPresent(_ path: String, in folder: Descriptor? = nil) throws(SystemError) -> FileStatus? {
        do {
            return try status(path, in: folder)
        } catch let error where error.isMissing {
            return nil
        }
    }
}

extension Descriptor {
    /// What this descriptor has open.
    public func status() throws(SystemError) -> FileStatus {
        var raw = bf_file_status()
        try SystemCall.value("examine a descriptor") { bf_file_status(openNumber, "", 0, &raw) }
        return FileStatus(raw)
    }
}

extension Optional where Wrapped == Descriptor {
    /// The folder's number as the C functions want it: -1 is the current directory.
    var systemNumber: Int32 { self?.openNumber ?? -1 }
}
