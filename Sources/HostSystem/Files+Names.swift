internal import CHostSystem
internal import Glibc

extension Files {
    /// Moves a file or folder, replacing what is at the new path.
    public static func rename(
        _ path: String, to newPath: String, from folder: Descriptor? = nil, into newFolder: Descriptor? = nil
    ) throws(SystemError) {
        try refuseZeroByte(newPath)
        try SystemCall.value("rename", path) { renameat(folder.atNumber, path, newFolder.atNumber, newPath) }
    }

    /// Moves a file or folder; fails with `EEXIST` where something is at the new path.
    public static func renameExclusively(
        _ path: String, to newPath: String, from folder: Descriptor? = nil, into newFolder: Descriptor? = nil
    ) throws(SystemError) {
        try refuseZeroByte(newPath)
        try SystemCall.value("rename", path) { bf_rename_exclusively(folder.systemNumber, path, newFolder.systemNumber, newPath) }
    }

    /// Gives a file a second name. A symbolic link gets one itself.
    public static func link(
        _ path: String, to newPath: String, from folder: Descriptor? = nil, into newFolder: Descriptor? = nil
    ) throws(SystemError) {
        try refuseZeroByte(newPath)
        try SystemCall.value("link", path) { linkat(folder.atNumber, path, newFolder.atNumber, newPath, 0) }
    }

    /// Creates a symbolic link at `path` that says `target`.
    public static func makeSymbolicLink(_ path: String, target: String, in folder: Descriptor? = nil) throws(SystemError) {
        try refuseZeroByte(target)
        try SystemCall.value("create the symbolic link", path) { symlinkat(target, folder.atNumber, path) }
    }

    /// The bytes a symbolic link says.
    public static func linkTarget(_ path: String, in folder: Descriptor? = nil) throws(SystemError) -> [UInt8] {
        let capacity = Int(PATH_MAX) + 1
        var bytes = [CChar](repeating: 0, count: capacity)
        let length = try SystemCall.value("read the link", path) { readlinkat(folder.atNumber, path, &bytes, capacity) }
        return bytes.prefix(length).map { UInt8(bitPattern: $0) }
    }

    /// Removes a name of a file, never of a folder.
    public static func removeFile(_ path: String, in folder: Descriptor? = nil) throws(SystemError) {
        try SystemCall.value("remove", path) { unlinkat(folder.atNumber, path, 0) }
    }

    /// Removes an empty folder.
    public static func removeFolder(_ path: String, in folder: Descriptor? = nil) throws(SystemError) {
        try SystemCall.value("remove", path) { unlinkat(folder.atNumber, path, AT_REMOVEDIR) }
    }

    /// Removes what is at the path with everything beneath it. What is missing already is no failure.
    ///
    /// Symbolic links are removed and not followed, mount points not entered, closed folders opened by a change of their mode; depth and
    /// names do not matter. While others still add files, the removal goes on.
    /// - Throws: `SystemError` with the path and the name of the entry that could not be removed.
    public static func removeTree(_ path: String, in folder: Descriptor? = nil) throws(SystemError) {
        var failed = [CChar](repeating: 0, count: 256)
        do {
            try SystemCall.value("remove", path) { bf_remove_tree(folder.systemNumber, path, &failed, Int32(failed.count)) }
        } catch {
            let entry = String(decoding: failed.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            let place = entry.isEmpty || entry == path ? path : "\(path) (at \(entry))"
            throw SystemError(code: error.code, attempt: error.attempt, path: place)
        }
    }

    /// The absolute path without symbolic links; everything on it must exist.
    public static func realPath(_ path: String) throws(SystemError) -> String {
        if path.utf8.contains(0) { throw SystemError(code: EINVAL, attempt: "resolve", path: path) }
        guard let resolved = realpath(path, nil) else { throw SystemError(code: errno, attempt: "resolve", path: path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func refuseZeroByte(_ path: String) throws(SystemError) {
        if path.utf8.contains(0) { throw SystemError(code: EINVAL, attempt: "use", path: path) }
    }
}

extension Optional where Wrapped == Descriptor {
    /// The folder's number as the C library's `…at` functions want it.
    var atNumber: Int32 { self == nil ? AT_FDCWD : systemNumber }
}
