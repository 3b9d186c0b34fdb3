internal import BuildKitClient
internal import Synchronization

/// Passes the one file that comes from the daemon on into a pipe.
final class LogSink: TreeSink {
    private let pipe: LogPipe
    private let written = Mutex(0)

    init(_ pipe: LogPipe) { self.pipe = pipe }

    /// How many bytes came.
    var count: Int { written.withLock { $0 } }

    func add(_ entry: ReceivedEntry) {}
    func begin(_ entry: ReceivedEntry) -> any FileSink { Content(sink: self) }
    func finish() {}

    private struct Content: FileSink {
        let sink: LogSink

        func write(_ bytes: [UInt8]) {
            sink.pipe.writeNow(bytes[...])
            sink.written.withLock { $0 += bytes.count }
        }

        func finish() {}
    }
}
