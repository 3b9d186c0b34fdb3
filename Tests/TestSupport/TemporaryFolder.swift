public import HostSystem

/// A folder for one test, removed with it.
public final class TemporaryFolder: Sendable {
    /// Its absolute path.
    public let path: String

    /// Makes an empty folder of mode 0700.
    /// - Parameter parent: Where; by default where temporary files go.
    public init(in parent: String = Files.temporaryFolder) throws(SystemError) {
        path = try Files.makeTemporaryFolder(in: parent, prefix: "bf-test-")
    }

    deinit { try? Files.removeTree(path) }

    /// The path of something in the folder.
    public func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// The folder itself, or one in it, open for walking.
    public func open(_ name: String = ".") throws(SystemError) -> Descriptor { try Files.open(self(name), [.read, .folder]) }

    /// Writes a file, and the folders on the way to it.
    @discardableResult
    public func write(_ content: [UInt8], to name: String, mode: UInt32 = 0o644) throws(SystemError) -> String {
        try makeParents(of: name)
        let file = try Files.open(self(name), [.write, .create, .truncate], mode: 0o600)
        try file.writeAll(content)
        try file.setPermissions(mode)
        return self(name)
    }

    /// Writes a file, and the folders on the way to it.
    @discardableResult
    public func write(_ text: String, to name: String, mode: UInt32 = 0o644) throws(SystemError) -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    /// Makes a folder, and those on the way to it with mode 0755.
    public func makeFolder(_ name: String, mode: UInt32 = 0o755) throws(SystemError) {
        try makeParents(of: name + "/")
        try Files.setPermissions(self(name), mode)
    }

    /// Makes a symbolic link, and the folders on the way to it.
    public func link(_ name: String, _ target: String) throws(SystemError) {
        try makeParents(of: name)
        try Files.makeSymbolicLink(self(name), target: target)
    }

    /// Whatever the umask is.
    private func makeParents(of name: String) throws(SystemError) {
        for slash in name.indices where name[slash] == "/" {
            let parent = self(String(name[..<slash]))
            guard try Files.statusIfPresent(parent) == nil else { continue }
            try Files.makeFolder(parent)
            try Files.setPermissions(parent, 0o755)
        }
    }

    /// The content of a file of at most 64 MiB.
    public func text(of name: String) throws(SystemError) -> String {
        String(decoding: try Files.readAll(self(name), limit: 64 << 20), as: UTF8.self)
    }
}
