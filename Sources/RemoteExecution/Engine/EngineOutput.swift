internal import HostSystem
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The pipe into the log of a phase, for output that comes from another machine: who writes waits for the reader, but not once nobody wants the
/// output any more.
final class EngineOutput: Sendable {
    /// What POSIX lets a pipe take as a whole or not at all (PIPE_BUF of Linux).
    private static let portion = 4_096

    private let writeEnd: Descriptor
    private let end: EventDescriptor
    private let isOver = Atomic(false)

    /// - Parameter writeEnd: owned from now on.
    init(_ writeEnd: Descriptor) throws(SystemError) {
        try writeEnd.setNonBlocking()
        self.writeEnd = writeEnd
        end = try EventDescriptor()
    }

    /// Passes on output; where there is no reader it goes nowhere.
    func write(_ bytes: ByteBuffer) async throws {
        if isOver.load(ordering: .acquiring) { return }
        try await NIOThreadPool.singleton.runIfActive {
            do throws(SystemError) { try self.pass(Array(bytes.readableBytesView)[...]) } catch { self.discard() }
        }
    }

    /// From now on output goes nowhere.
    func discard() {
        isOver.store(true, ordering: .releasing)
        try? end.raise()
    }

    /// The end of the output.
    func close() {
        discard()
        writeEnd.close()
    }

    private func pass(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty, !isOver.load(ordering: .acquiring) {
            do throws(SystemError) {
                try writeEnd.writeAll(rest.prefix(Self.portion))
                rest = rest.dropFirst(Self.portion)
            } catch {
                guard error.wouldBlock else { throw error }
                _ = try Poller.wait([.init(writeEnd, .writable), .init(end.descriptor, .readable)], timeoutMilliseconds: nil)
            }
        }
    }
}
