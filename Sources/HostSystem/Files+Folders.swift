internal import CHostSystem
internal import Glibc

extension Files {
    /// Creates one folder.
    public static func makeFolder(_ path: String, mode: UInt32 = 0o777, in folder: Descriptor? = nil) throws(SystemError) {
        try SystemCall.value("create the folder", path) { mkdirat(folder.atNumber, path, mode) }
    }

    /// Creates a folder and those on the way to it. Folders that exist already keep their mode.
    public static func makeFolders(_ path: String, mode: UInt32 = 0o777, in folder: Descriptor? = nil) throws(SystemError) {
        do {
            try makeFolder(path, mode: mode, in: folder)
        } catch {
            if error.isExisting && isFolder(path, in: folder) { return }
            let parent = PathText.parent(of: path)
            guard error.isMissing, !parent.isEmpty, parent != path else { throw error }
            try makeFolders(parent, mode: mode, in: folder)
            try makeFoldersBeneathExisting(path, mode: mode, in: folder)
        }
    }

    /// Somebody else may have created it meanwhile.
    private static func makeFoldersBeneathExisting(_ path: String, mode: UInt32, in folder: Descriptor?) throws(SystemError) {
        do {
            try makeFolder(path, mode: mode, in: folder)
        } catch let error where error.isExisting && isFolder(path, in: folder) {}
    }

    private static func isFolder(_ path: String, in folder: Descriptor?) -> Bool {
        (try? status(path, following: true, in: folder))?.type == .folder
    }

    /// Creates a folder with a random name and mode 0700.
    /// - Returns: its path, `parent/prefixXXXX`.
    public static func makeTemporaryFolder(in parent: String, prefix: String) throws(SystemError) -> String {
        while true {
            let path = PathText.joined(parent, prefix + RandomBytes.hexadecimal(8))
            do {
                try makeFolder(path, mode: 0o700)
                return path
            } catch let error where error.isExisting {}
        }
    }

    /// The folder for temporary files: `TMPDIR`, else `/tmp`.
    public static var temporaryFolder: String {
        Environment.value("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    }

    /// The entries of a folder without `.` and `..`, sorted by the bytes of their names.
    /// - Throws: `SystemError`; code `E2BIG` when there are more than `limit`.
    public static func entries(
        of path: String, limit: Int = 10_000_000, in folder: Descriptor? = nil
    ) throws(SystemError) -> [FolderEntry] {
        do {
            return try open(path, [.read, .folder], in: folder).entries(limit: limit)
        } catch {
            throw SystemError(code: error.code, attempt: error.attempt, path: path)
        }
    }
}

extension Descriptor {
    /// Whether this folder, opened for reading, has no entries. Costs less than ``entries(limit:)``.
    public func isEmptyFolder() throws(SystemError) -> Bool {
        try SystemCall.value("list the folder") { bf_folder_is_empty(openNumber) } == 1
    }

    /// The entries of this folder without `.` and `..`, sorted by the bytes of their names.
    /// - Throws: `SystemError`; code `E2BIG` when there are more than `limit`.
    public func entries(limit: Int = 10_000_000) throws(SystemError) -> [FolderEntry] {
        let attempt = "list the folder"
        let own = try SystemCall.value(attempt) { bf_open(openNumber, ".", OpenOptions([.read, .folder]).rawValue, 0) }
        guard let listing = fdopendir(own) else {
            let code = errno
            Descriptor(owning: own).close()
            throw SystemError(code: code, attempt: attempt)
        }
        defer { closedir(listing) }
        var result: [FolderEntry] = []
        while true {
            errno = 0
            guard let raw = readdir(listing) else { break }
            guard let entry = FolderEntry(raw, in: self) else { continue }
            result.append(entry)
            if result.count > limit { throw SystemError(code: E2BIG, attempt: attempt) }
        }
        let code = errno
        if code != 0 { throw SystemError(code: code, attempt: attempt) }
        return result.sorted { $0.nameBytes.lexicographicallyPrecedes($1.nameBytes) }
    }
}
