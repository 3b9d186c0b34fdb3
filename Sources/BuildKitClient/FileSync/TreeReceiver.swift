internal import HostSystem
internal import SwiftProtobuf

/// The receiving side of fsutil's protocol: the daemon tells what there is, and sends the contents that it is asked for. A value that takes
/// packets and says which to send; everything in them may be a lie.
///
/// Only so many files are asked for at a time: to ask for all at once uses up the descriptors, and both sides could wait for each other.
struct TreeReceiver {
    typealias Packet = Moby_Filesync_V1_Packet

    /// The tree is not acceptable. One sentence.
    struct Refusal: Error, Equatable {
        var text: String
    }

    private static let mostOpen = 64

    private let sink: any TreeSink
    private let limits: TreeLimits
    private var number: UInt32 = 0
    private var entries = 0
    private var bytes: Int64 = 0
    private var waiting: [(number: UInt32, entry: ReceivedEntry)] = []
    private var nextWaiting = 0
    private var open: [UInt32: (file: any FileSink, rest: Int64)] = [:]
    /// Made in the end, when what they name is there.
    private var furtherNames: [ReceivedEntry] = []
    private var isListed = false
    /// The daemon has nothing more to say.
    private(set) var isFinished = false

    init(_ sink: any TreeSink, limits: TreeLimits) {
        self.sink = sink
        self.limits = limits
    }

    /// Takes a packet and returns what is to be sent. Blocks on files.
    mutating func take(_ packet: Packet) throws -> [Packet] {
        switch packet.type {
        case .stat where packet.hasStat:
            try add(packet.stat)
            return try ask()
        case .stat:
            isListed = true
            return try ask()
        case .data: return try take(packet.data.array, of: packet.id)
        case .fin:
            guard isListed, open.isEmpty, nextWaiting == waiting.count else {
                throw Refusal(text: "the daemon ended before its files were complete")
            }
            for entry in furtherNames { try sink.add(entry) }
            try sink.finish()
            isFinished = true
            return []
        case .err: throw Refusal(text: "the daemon failed to send files: \(String(decoding: packet.data.array, as: UTF8.self))")
        default: throw Refusal(text: "the daemon sent a packet of no known kind")
        }
    }

    private mutating func add(_ stat: Moby_Filesync_V1_Stat) throws {
        defer { number += 1 }
        guard !isListed else { throw Refusal(text: "the daemon told of \(stat.path.quoted) after the end of its list") }
        entries += 1
        guard entries <= limits.entries else { throw Refusal(text: "there are more than \(limits.entries) files") }
        try check(stat.path)
        let mode = GoFileMode(bits: stat.mode)
        let entry = ReceivedEntry(
            path: stat.path, type: mode.type, permissions: mode.permissions, size: stat.size, modifiedNanoseconds: stat.modTime,
            target: stat.linkname)
        switch entry.type {
        case .folder: try sink.add(entry)
        case .symbolicLink:
            guard !entry.target.isEmpty, entry.target.utf8.count < 4_096, !entry.target.utf8.contains(0) else {
                throw Refusal(text: "the link \(entry.path.quoted) leads to an impossible path")
            }
            try sink.add(entry)
        case .regular where !entry.target.isEmpty:
            var other = entry.target[...]
            if other.hasPrefix("/") { other = other.dropFirst() }
            try check(String(other))
            var further = entry
            further.target = String(other)
            furtherNames.append(further)
        case .regular:
            guard entry.size >= 0, entry.size <= limits.bytes - bytes else {
                throw Refusal(text: "the files are larger than \(limits.bytes) bytes")
            }
            bytes += entry.size
            waiting.append((number, entry))
        default: throw Refusal(text: "\(entry.path.quoted) is neither a file nor a folder nor a link")
        }
    }

    private mutating func ask() throws -> [Packet] {
        var packets: [Packet] = []
        while open.count < Self.mostOpen, nextWaiting < waiting.count {
            let (number, entry) = waiting[nextWaiting]
            nextWaiting += 1
            open[number] = (try sink.begin(entry), entry.size)
            packets.append(
                .with {
                    $0.type = .req
                    $0.id = number
                })
        }
        if nextWaiting > 1_000, nextWaiting == waiting.count { (waiting, nextWaiting) = ([], 0) }
        if isListed, open.isEmpty, nextWaiting == waiting.count { packets.append(.with { $0.type = .fin }) }
        return packets
    }

    private mutating func take(_ content: [UInt8], of number: UInt32) throws -> [Packet] {
        guard let (file, rest) = open[number] else { throw Refusal(text: "the daemon sent content that nobody asked for") }
        if content.isEmpty {
            guard rest == 0 else { throw Refusal(text: "a file is smaller than the daemon announced") }
            try file.finish()
            open[number] = nil
            return try ask()
        }
        guard content.count <= rest else { throw Refusal(text: "a file is larger than the daemon announced") }
        try file.write(content)
        open[number] = (file, rest - Int64(content.count))
        return []
    }

    private func check(_ path: String) throws {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isGood = !path.utf8.contains(0) && path.utf8.count <= limits.pathBytes && names.count <= limits.depth
        guard isGood, !names.contains(where: { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) else {
            throw Refusal(text: "the daemon sent a file of the impossible name \(path.quoted)")
        }
    }
}

extension String {
    /// For messages, without control characters and not too long.
    fileprivate var quoted: String {
        "\"" + String(prefix(200).map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "?" : $0 }) + "\""
    }
}
