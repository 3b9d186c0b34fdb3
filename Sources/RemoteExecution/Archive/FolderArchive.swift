internal import EngineClient
internal import FarmModel
internal import HostSystem

/// A tar archive of folders of this machine, made piece by piece as it is sent. No link is followed; what is neither file, folder nor link is an
/// error, as nothing could be done with it on another machine.
struct FolderArchive: Sendable {
    /// What stands in the archive.
    enum Member: Sendable {
        /// A folder without its content.
        case folder(String, mode: UInt32)
        /// A file by its bytes.
        case file(String, bytes: [UInt8], mode: UInt32)
        /// What a folder of this machine holds, below a place, which is empty for the archive's own root. Names in the set are left out at
        /// the top.
        case content(of: String, below: String, without: Set<String> = [])
    }

    /// A folder that is being walked.
    private struct Walk {
        let folder: Descriptor
        let place: String
        var entries: [FolderEntry]
    }

    private static let portion = 256 << 10
    /// Small members go out together.
    private static let gathered = 64 << 10
    private static let depthLimit = 256

    private let owner: UInt32
    private var members: [Member]
    private var walks: [Walk] = []
    private var file: (descriptor: Descriptor, path: String, offset: Int64, size: Int64)?
    private var hasEnded = false

    /// - Parameter owner: the number of user and group of everything.
    init(_ members: [Member], owner: UInt32) {
        self.members = members.reversed()
        self.owner = owner
    }

    /// The next piece; nil after the last.
    mutating func next() throws -> [UInt8]? {
        if hasEnded { return nil }
        var piece: [UInt8] = []
        while piece.count < Self.gathered {
            if file != nil {
                piece += try content()
            } else if !walks.isEmpty {
                piece += try step()
            } else if let member = members.popLast() {
                piece += try begin(member)
            } else {
                hasEnded = true
                return piece + TarHeader.end
            }
        }
        return piece
    }

    private mutating func begin(_ member: Member) throws -> [UInt8] {
        switch member {
        case .folder(let path, let mode): return header(path, mode, 0, .folder)
        case .file(let path, let bytes, let mode):
            let zeros = [UInt8](repeating: 0, count: TarHeader.padding(after: Int64(bytes.count)))
            return header(path, mode, 0, .file(size: Int64(bytes.count), digest: Digest.of([]))) + bytes + zeros
        case .content(let folder, let place, let left):
            let descriptor = try Files.open(folder, [.read, .folder])
            var entries = try descriptor.entries()
            entries.removeAll { $0.name.map(left.contains) ?? false }
            walks.append(Walk(folder: descriptor, place: place, entries: entries))
            return []
        }
    }

    /// Goes on with the innermost folder.
    private mutating func step() throws -> [UInt8] {
        guard let walk = walks.last, let entry = walk.entries.last else {
            walks.removeLast()
            return []
        }
        walks[walks.count - 1].entries.removeLast()
        guard let name = entry.name else { throw LocalProblem("\(walk.place): a name is not UTF-8; rename it") }
        let path = walk.place.isEmpty ? name : "\(walk.place)/\(name)"
        return try add(name, path, in: walk.folder)
    }

    private mutating func add(_ name: String, _ path: String, in folder: Descriptor) throws -> [UInt8] {
        let status = try Files.status(name, in: folder)
        let seconds = status.modifiedNanoseconds / 1_000_000_000
        switch status.type {
        case .folder:
            guard walks.count < Self.depthLimit else { throw LocalProblem("\(path): folders are nested too deep") }
            let inner = try Files.open(name, [.read, .folder, .noFollow], in: folder)
            walks.append(Walk(folder: inner, place: path, entries: try inner.entries()))
            return header(path, status.permissions, seconds, .folder)
        case .symbolicLink:
            let target = String(decoding: try Files.linkTarget(name, in: folder), as: UTF8.self)
            return header(path, 0o777, seconds, .link(target: target))
        case .regular:
            let descriptor = try Files.open(name, [.read, .noFollow], in: folder)
            // What is sent is what the header announces, whatever the file becomes meanwhile.
            let size = try descriptor.status().size
            file = (descriptor, path, 0, size)
            return header(path, status.permissions, seconds, .file(size: size, digest: Digest.of([])))
        default: throw LocalProblem("\(path) is neither file, folder nor link, and cannot be sent")
        }
    }

    private mutating func content() throws -> [UInt8] {
        guard let (descriptor, path, offset, size) = file else { return [] }
        let bytes = try descriptor.read(atMost: Int(min(Int64(Self.portion), size - offset)), at: offset)
        guard !bytes.isEmpty || offset == size else { throw LocalProblem("\(path) became shorter while it was sent") }
        let end = offset + Int64(bytes.count)
        guard end == size else {
            file = (descriptor, path, end, size)
            return bytes
        }
        file = nil
        return bytes + [UInt8](repeating: 0, count: TarHeader.padding(after: size))
    }

    private func header(_ path: String, _ mode: UInt32, _ seconds: Int64, _ content: TreeEntry.Content) -> [UInt8] {
        var header = TarHeader(path: path, mode: mode & 0o1777, seconds: seconds, content: content)
        header.owner = owner
        return header.bytes
    }
}

extension FolderArchive.Member {
    /// The same below a folder, by its path from the root.
    func moved(below folder: String) -> FolderArchive.Member {
        let outer = folder.drop { $0 == "/" }
        switch self {
        case .folder(let path, let mode): return .folder("\(outer)/\(path)", mode: mode)
        case .file(let path, let bytes, let mode): return .file("\(outer)/\(path)", bytes: bytes, mode: mode)
        case .content(let source, let place, let left):
            return .content(of: source, below: place.isEmpty ? String(outer) : "\(outer)/\(place)", without: left)
        }
    }
}
