internal import Glibc

/// A file that gets its name only when it is complete; whoever dies before leaves nothing, where the file system can make files without names.
public struct NewFile {
    /// Where the content goes.
    public let descriptor: Descriptor
    private let path: String
    /// The name it has meanwhile; nil if it has none.
    private let temporary: String?

    /// Makes the file; nothing is at `path` yet.
    /// - Throws: `SystemError`, `EEXIST` if something has the name already.
    public init(path: String, mode: UInt32 = 0o666) throws(SystemError) {
        if try Files.statusIfPresent(path) != nil { throw SystemError(code: EEXIST, attempt: "create", path: path) }
        let parent = PathText.parent(of: path)
        self.path = path
        do {
            descriptor = try Files.open(parent.isEmpty ? "." : parent, [.write, .unnamed], mode: mode)
            temporary = nil
        } catch  where error.code == EOPNOTSUPP || error.code == EISDIR || error.code == EINVAL {
            let name = PathText.joined(parent, ".\(PathText.lastPart(of: path).utf8Prefix(200)).\(RandomBytes.hexadecimal(8))")
            descriptor = try Files.open(name, [.write, .create, .exclusive, .noFollow], mode: mode)
            temporary = name
        }
    }

    /// Gives the file its name, once its content is on the disk.
    /// - Throws: `SystemError`, `EEXIST` if something has got the name meanwhile.
    public func publish() throws(SystemError) {
        try descriptor.sync()
        if let temporary {
            try Files.renameExclusively(temporary, to: path)
        } else {
            let source = "/proc/self/fd/\(descriptor.number)"
            try SystemCall.value("create", path) { linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) }
        }
    }

    /// Removes what is there of the file.
    public func discard() { if let temporary { try? Files.removeFile(temporary) } }
}
