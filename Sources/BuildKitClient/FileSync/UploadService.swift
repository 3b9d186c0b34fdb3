internal import EngineClient
internal import GRPCCore
internal import HostSystem
internal import SwiftProtobuf
internal import Synchronization

/// Sends folders of this machine to the daemon (fsutil's protocol): what there is, in order, and then the contents that are asked for.
struct UploadService: Moby_Filesync_V1_FileSync.ServiceProtocol {
    typealias Packet = Moby_Filesync_V1_Packet

    let folders: [String: UploadFolder]

    func diffCopy(request: StreamingServerRequest<Packet>, context: ServerContext) async throws -> StreamingServerResponse<Packet> {
        let asked = UploadRequest(request.metadata)
        guard let folder = folders[asked.name] else { throw RPCError(code: .notFound, message: "there is no folder \(asked.name) here") }
        let upload = try await Self.translating { try await BlockingWork.run { try Upload(folder, asked) } }
        return StreamingServerResponse { writer in
            try await Self.translating {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await upload.sendEntries(writer) }
                    try await upload.answer(request.messages, writer)
                    try await group.waitForAll()
                }
            }
            return [:]
        }
    }

    /// The daemon gets the text only of gRPC's own errors.
    static func translating<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let error as RPCError { throw error } catch {
            throw RPCError(code: .internalError, message: "the client failed: \(error)")
        }
    }
}

/// What a daemon asks for, as it says it in the head of its call.
struct UploadRequest: Sendable {
    var name: String
    var followed: [String]
    var included: [String]
    var excluded: [String]

    init(_ metadata: Metadata) {
        func values(_ key: String) -> [String] {
            let isEncoded = metadata[stringValues: key + "-encoded"].contains("1")
            return metadata[stringValues: key].map { isEncoded ? Self.decoded($0) : $0 }
        }
        name = values("dir-name").first ?? ""
        followed = values("followpaths")
        included = values("include-patterns")
        excluded = values("exclude-patterns")
    }

    /// Undoes the encoding of the query part of an URL.
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(Substring(rest.prefix(2)), radix: 16), rest.count >= 2 {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One upload.
final class Upload: Sendable {
    typealias Packet = Moby_Filesync_V1_Packet

    private static let batch = 256
    private static let portion = 256 * 1024

    private let root: Descriptor
    private let owner: UInt32?
    private let place: String?
    private let state: Mutex<State>

    private struct State {
        var walk: FolderWalk
        var nextNumber: UInt32 = 0
        /// The files that may be asked for, by number.
        var files: [UInt32: String] = [:]
    }

    init(_ folder: UploadFolder, _ asked: UploadRequest) throws {
        root = try Files.open(folder.path, [.read, .folder])
        owner = folder.owner
        place = folder.place
        var selection = UploadSelection()
        selection.excluded = IgnoreRules(patterns: asked.excluded)
        let paths = asked.followed.isEmpty ? [] : FollowedPaths(asked.followed, in: root).paths.sorted()
        // The folder itself stands for everything in it.
        if !paths.contains("") { selection.included = (asked.included + paths.map(Self.literal)).map(PathPattern.init) }
        state = Mutex(State(walk: try FolderWalk(folder, selection, root: root)))
    }

    /// A pattern that matches only this path.
    private static func literal(_ path: String) -> String {
        String(path.flatMap { "*?[\\".contains($0) ? ["\\", $0] : [$0] })
    }

    /// Tells what there is.
    func sendEntries(_ writer: RPCWriter<Packet>) async throws {
        if let place { try await writer.write(try placePacket(place)) }
        while true {
            let packets = try await BlockingWork.run { try self.nextPackets() }
            if packets.isEmpty { break }
            for packet in packets { try await writer.write(packet) }
        }
        try await writer.write(.with { $0.type = .stat })
    }

    /// The folder that holds all others there.
    private func placePacket(_ place: String) throws -> Packet {
        let status = try root.status()
        guard let mode = GoFileMode(status) else { throw SystemError(code: 20, attempt: "send", path: place) }
        state.withLock { $0.nextNumber += 1 }
        return packet(FolderWalk.Entry(path: "", mode: mode, status: status))
    }

    private func nextPackets() throws -> [Packet] {
        try state.withLock { state in
            try state.walk.next(atMost: Self.batch).map { entry in
                if entry.status.type == .regular { state.files[state.nextNumber] = entry.path }
                state.nextNumber += 1
                return packet(entry)
            }
        }
    }

    private func packet(_ entry: FolderWalk.Entry) -> Packet {
        .with {
            $0.type = .stat
            $0.stat.path = place.map { entry.path.isEmpty ? $0 : "\($0)/\(entry.path)" } ?? entry.path
            $0.stat.mode = entry.mode.bits
            $0.stat.modTime = entry.status.modifiedNanoseconds
            $0.stat.linkname = entry.target
            if entry.status.type != .folder { $0.stat.size = entry.status.size }
            $0.stat.uid = owner ?? entry.status.owner
            $0.stat.gid = owner ?? entry.status.group
        }
    }

    /// Sends contents, one after the other, until the daemon has what it wants.
    func answer(_ requests: RPCAsyncSequence<Packet, any Error>, _ writer: RPCWriter<Packet>) async throws {
        for try await packet in requests {
            switch packet.type {
            case .req: try await send(packet.id, writer)
            case .fin:
                try await writer.write(.with { $0.type = .fin })
                return
            case .err: throw RPCError(code: .aborted, message: String(decoding: packet.data.array, as: UTF8.self))
            default: break
            }
        }
    }

    private func send(_ number: UInt32, _ writer: RPCWriter<Packet>) async throws {
        guard let path = state.withLock({ $0.files.removeValue(forKey: number) }) else {
            throw RPCError(code: .invalidArgument, message: "there is no file number \(number)")
        }
        let (file, first) = try await BlockingWork.run { [root] in
            let file = try Files.open(path, [.read, .noFollow, .nonBlocking], in: root)
            return (file, try file.read(atMost: Self.portion) ?? [])
        }
        var bytes = first
        var pace = WritePace()
        while !bytes.isEmpty {
            try await writer.write(
                .with {
                    $0.type = .data
                    $0.id = number
                    $0.data = bytes.protobuf
                })
            if bytes.count < Self.portion { break }
            try await pace.note(bytes.count)
            bytes = try await BlockingWork.run { try file.read(atMost: Self.portion) ?? [] }
        }
        try await writer.write(
            .with {
                $0.type = .data
                $0.id = number
            })
    }
}
