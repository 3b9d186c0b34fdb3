internal import Synchronization

/// Keeps the files of a small tree in memory.
public final class MemorySink: TreeSink {
    private let contents = Mutex<[String: [UInt8]]>([:])

    /// An empty tree.
    public init() {}

    /// The content of a file; nil if there is none of this name.
    public func content(_ path: String) -> [UInt8]? { contents.withLock { $0[path] } }

    /// See ``TreeSink``; only files are kept.
    public func add(_ entry: ReceivedEntry) {}

    /// See ``TreeSink``.
    public func begin(_ entry: ReceivedEntry) -> any FileSink {
        contents.withLock { $0[entry.path] = [] }
        return Content(tree: self, path: entry.path)
    }

    /// See ``TreeSink``.
    public func finish() {}

    private struct Content: FileSink {
        let tree: MemorySink
        let path: String

        func write(_ bytes: [UInt8]) { tree.contents.withLock { $0[path]?.append(contentsOf: bytes) } }
        func finish() {}
    }
}
