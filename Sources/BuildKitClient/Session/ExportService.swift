internal import GRPCCore
internal import SwiftProtobuf
internal import Synchronization

/// Takes the result of a build. One method carries packets of files for exporter `local` and pieces of an archive for the others, whose
/// messages have nothing in common; so it is served with raw bytes.
struct ExportService: RegistrableRPCService {
    private static let method = MethodDescriptor(fullyQualifiedService: "moby.filesync.v1.FileSend", method: "DiffCopy")

    let destination: ExportDestination?
    let watch: ExportWatch

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        router.registerHandler(forMethod: Self.method, deserializer: RawMessages(), serializer: RawMessages()) { request, _ in
            StreamingServerResponse { writer in
                try await watch.during {
                    try await UploadService.translating { try await take(request.messages, writer) }
                }
                return [:]
            }
        }
    }

    private func take(_ messages: RPCAsyncSequence<[UInt8], any Error>, _ writer: RPCWriter<[UInt8]>) async throws {
        switch destination {
        case nil: throw RPCError(code: .failedPrecondition, message: "nobody asked for the result")
        case .tree(let sink, let limits): try await take(messages, writer, Receiving(sink, limits))
        case .archive(let sink):
            for try await message in messages {
                let bytes = try Moby_Filesync_V1_BytesMessage(serializedBytes: message).data.array
                try await BlockingWork.run { try sink.write(bytes) }
            }
        }
    }

    private func take(
        _ messages: RPCAsyncSequence<[UInt8], any Error>, _ writer: RPCWriter<[UInt8]>, _ receiving: Receiving
    ) async throws {
        for try await message in messages {
            let (answers, isFinished) = try await BlockingWork.run { try receiving.take(message) }
            for answer in answers { try await writer.write(answer) }
            if isFinished { return }
        }
        throw RPCError(code: .dataLoss, message: "the daemon ended before its files were complete")
    }
}

/// A receiver that threads hand to each other.
private final class Receiving: Sendable {
    private let sink: any TreeSink
    private let receiver: Mutex<TreeReceiver>

    init(_ sink: any TreeSink, _ limits: TreeLimits) {
        self.sink = sink
        receiver = Mutex(TreeReceiver(sink, limits: limits))
    }

    func take(_ message: [UInt8]) throws -> (answers: [[UInt8]], isFinished: Bool) {
        do { return try takeAcceptable(message) } catch let refusal as TreeReceiver.Refusal {
            sink.refuse(refusal.text)
            throw refusal
        }
    }

    private func takeAcceptable(_ message: [UInt8]) throws -> (answers: [[UInt8]], isFinished: Bool) {
        try receiver.withLock { receiver in
            let answers = try receiver.take(try packet(message))
            return (try answers.map { try $0.serializedBytes() }, receiver.isFinished)
        }
    }

    private func packet(_ message: [UInt8]) throws -> TreeReceiver.Packet {
        do { return try TreeReceiver.Packet(serializedBytes: message) } catch BinaryDecodingError.invalidUTF8 {
            throw TreeReceiver.Refusal(text: "a file has a name that is not UTF-8")
        }
    }
}

/// Messages as they are.
private struct RawMessages: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Bytes { Bytes(message) }
    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> [UInt8] { bytes.withUnsafeBytes { Array($0) } }
}
