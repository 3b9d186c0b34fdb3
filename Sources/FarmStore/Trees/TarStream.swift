public import FarmModel
internal import HostSystem

/// The same archive as ``TarWriter`` writes, for those who take it piece by piece at their own pace.
public struct TarStream: Sendable {
    /// A tree and the folder it lies in.
    public typealias Member = (tree: Digest, folder: String)

    private struct OpenFile: Sendable {
        let file: Descriptor
        let digest: Digest
        let size: Int64
        var hasher = DigestHasher()
        var offset: Int64 = 0
    }

    private static let pieceSize = 256 << 10

    private let blobs: BlobStore
    private let seconds: Int64
    /// The last is the next.
    private var members: [Member]
    private var folder = ""
    private var entries: ArraySlice<TreeEntry> = []
    private var open: OpenFile?
    private var hasEnded = false

    /// - Parameter sourceDateEpoch: the time of everything, in seconds since 1970.
    public init(_ members: [Member], blobs: BlobStore, sourceDateEpoch: Int64) {
        self.members = members.reversed()
        self.blobs = blobs
        seconds = sourceDateEpoch
    }

    /// The next bytes, at most some 256 KiB; nil at the end.
    /// - Throws: `inputOutput` for a damaged file; what came before is no archive then.
    public mutating func next() throws(FarmError) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < Self.pieceSize / 2, !hasEnded {
            if open != nil {
                bytes += try content()
            } else if let entry = entries.popFirst() {
                bytes += TarHeader(entry, below: folder, seconds: seconds).bytes
                guard case .file(let size, let digest) = entry.content else { continue }
                open = OpenFile(file: try blobs.open(digest), digest: digest, size: size)
            } else if let member = members.popLast() {
                bytes += try begin(member)
            } else {
                bytes += TarHeader.end
                hasEnded = true
            }
        }
        return bytes.isEmpty ? nil : bytes
    }

    private mutating func begin(_ member: Member) throws(FarmError) -> [UInt8] {
        entries = try blobs.manifest(member.tree).entries[...]
        folder = member.folder
        return folder.isEmpty ? [] : TarHeader(path: folder, mode: 0o755, seconds: seconds, content: .folder).bytes
    }

    private mutating func content() throws(FarmError) -> [UInt8] {
        guard var open = open.take() else { return [] }
        let bytes = try FarmError.wrap { () throws(SystemError) in try open.file.read(atMost: Self.pieceSize, at: open.offset) }
        bytes.withUnsafeBytes { open.hasher.update($0) }
        open.offset += Int64(bytes.count)
        guard bytes.count < Self.pieceSize else {
            self.open = open
            return bytes
        }
        guard open.offset == open.size, open.hasher.finish() == open.digest else { throw blobs.quarantined(open.digest) }
        return bytes + [UInt8](repeating: 0, count: TarHeader.padding(after: open.size))
    }
}
