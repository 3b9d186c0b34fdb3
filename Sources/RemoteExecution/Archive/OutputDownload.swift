internal import Archives
internal import Execution
internal import FarmModel
internal import HostSystem
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Brings the folder of the outputs from another machine to this one, whatever that machine sends.
struct OutputDownload {
    /// The folder of this machine, which is empty.
    let folder: String
    /// Bytes of all files together; nil for no limit.
    let limit: Int64?

    /// Unpacks the archive of a folder that `send` passes on piece by piece.
    func run(stop: StopRequest?, _ send: @escaping @Sendable (@escaping @Sendable (ByteBuffer) async throws -> Void) async throws -> Void)
        throws -> UnpackSummary
    {
        let folder = try Files.open(folder, [.read, .folder, .noFollow])
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let sending = Sending(to: writeEnd)
        let task = Task { await sending.run(send) }
        let unpacked: Result<UnpackSummary, any Error>
        do {
            let summary = try unpacker(stop).unpack(readEnd, into: folder)
            // What follows the end of an archive is nothing, but must be taken for the sender to end.
            while let bytes = try readEnd.read(atMost: 64 << 10), !bytes.isEmpty {}
            unpacked = .success(summary)
        } catch { unpacked = .failure(error) }
        readEnd.close()
        task.cancel()
        // A connection that broke looks like a bad archive.
        if let error = sending.failure { throw error }
        return try unpacked.get()
    }

    private func unpacker(_ stop: StopRequest?) -> Unpacker {
        var limits = UnpackLimits()
        limits.bytes = limit ?? .max
        limits.ratioFloor = .max
        // What may be an output is for those to say who take it into the store.
        return Unpacker(limits: limits, allowsLinksOut: true, trustsModes: true, stop: stop?.descriptor)
    }
}

/// Passes pieces on into a pipe.
private final class Sending: Sendable {
    private struct State {
        var readerIsGone = false
        var failure: (any Error)?
    }

    private let writeEnd: Descriptor
    private let state = Mutex(State())

    init(to writeEnd: Descriptor) { self.writeEnd = writeEnd }

    /// Why it ended early, unless the reader wanted no more.
    var failure: (any Error)? { state.withLock { $0.readerIsGone ? nil : $0.failure } }

    func run(_ send: @escaping @Sendable (@escaping @Sendable (ByteBuffer) async throws -> Void) async throws -> Void) async {
        do {
            try await send { piece in
                try await NIOThreadPool.singleton.runIfActive { try self.write(piece) }
            }
        } catch {
            state.withLock { $0.failure = error }
        }
        writeEnd.close()
    }

    private func write(_ piece: ByteBuffer) throws {
        do { try writeEnd.writeAll(Array(piece.readableBytesView)) } catch {
            state.withLock { $0.readerIsGone = true }
            throw error
        }
    }
}
