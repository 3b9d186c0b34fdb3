public import HostSystem

/// One thing of a tree that a daemon sends.
public struct ReceivedEntry: Sendable, Equatable {
    /// Relative, of names only: neither empty nor `.` nor `..`.
    public var path: String
    /// A file, a folder or a symbolic link.
    public var type: FileType
    /// Permission bits.
    public var permissions: UInt32
    /// The size that is announced.
    public var size: Int64
    /// Nanoseconds since 1970.
    public var modifiedNanoseconds: Int64
    /// What a symbolic link says; of a file the path of another one that it is a further name of, else empty.
    public var target: String

    /// The path of the folder that it is in, empty for the outermost.
    public var parent: String { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "" }
    /// Its name in that folder.
    public var name: String { path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path }
}

/// Takes the files that a daemon sends. All of it is called one after the other; it may block.
public protocol TreeSink: Sendable {
    /// A folder, symbolic link or further name of a file.
    func add(_ entry: ReceivedEntry) throws
    /// A file whose content follows.
    func begin(_ entry: ReceivedEntry) throws -> any FileSink
    /// The tree is complete.
    func finish() throws
    /// The tree is not taken any further, for a reason of one sentence.
    func refuse(_ reason: String)
}

extension TreeSink {
    /// Whoever builds is told anyway.
    public func refuse(_ reason: String) {}
}

/// Takes the content of one file.
public protocol FileSink: Sendable {
    /// The next bytes.
    func write(_ bytes: [UInt8]) throws
    /// There are no more.
    func finish() throws
}
