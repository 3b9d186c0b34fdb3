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

    /// The folder itself, open for walking.
    public func open() throws(SystemError) -> Descriptor { try Files.open(path, [.read, .folder]) }

    /// Writes a file, and the folders on the way to it.
    @discardableResult
    public func write(_ text: String, to name: String, mode: UInt32 = 0o644) throws(SystemError) -> String {
        if let slash = name.lastIndex(of: "/") { try Files.makeFolders(self(String(name[..<slash])), mode: 0o755) }
        let file = try Files.open(self(name), [.write, .create, .truncate], mode: 0o600)
        try file.writeAll(Array(text.utf8))
        try file.setPermissions(mode)
        return self(name)
    }

    /// The content of a file of at most 64 MiB.
    public func text(of name: String) throws(SystemError) -> String {
        String(decoding: try Files.readAll(self(name), limit: 64 << 20), as: UTF8.self)
    }
}
