public import HostSystem

/// What unpacking has made.
public struct UnpackSummary: Sendable, Equatable {
    /// Files, links and folders that the archive names.
    public let entries: Int
    /// Bytes of all files together.
    public let bytes: Int64

    /// A summary of so many entries and bytes.
    public init(entries: Int, bytes: Int64) {
        self.entries = entries
        self.bytes = bytes
    }
}

/// Unpacks archives of unknown origin: tar, zip and cpio, plain or compressed by gzip, bzip2, xz, zstd or lz4.
///
/// Everything is written beneath one folder, by descriptors and without following any link, whatever the archive says. Refused are absolute paths
/// and `..`, devices, pipes and sockets, links that lead out, names that are not UTF-8, and what goes past the limits. Owners, times and the bits
/// for other users' rights are not taken over. Of several entries of one name the last stays, as with tar; but no folder becomes something else.
public struct Unpacker {
    private let limits: UnpackLimits
    private let allowsLinksOut: Bool
    private let trustsModes: Bool
    private let deadline: Int64
    private let stop: Descriptor?

    /// Prepares to unpack.
    /// - Parameters:
    ///   - allowsLinksOut: for a root file system, whose links count from its own root.
    ///   - trustsModes: for an archive that is known to say what rights its files have: no right at all is none, and not unknown,
    ///     and set-user-id is meant.
    ///   - deadline: the end of its time, in `Clock.boottimeMilliseconds`.
    ///   - stop: ends the work when it becomes readable; it is not read.
    public init(
        limits: UnpackLimits = UnpackLimits(), allowsLinksOut: Bool = false, trustsModes: Bool = false, deadline: Int64 = .max,
        stop: Descriptor? = nil
    ) {
        self.limits = limits
        self.allowsLinksOut = allowsLinksOut
        self.trustsModes = trustsModes
        self.deadline = deadline
        self.stop = stop
    }

    /// Unpacks `archive` into `folder`, which may hold other things; a name that is taken by them is an error.
    ///
    /// After a failure part of the archive is there.
    /// - Parameter stripComponents: how many outer folders of each path are dropped; entries that have no more than these are left out.
    public func unpack(_ archive: Descriptor, into folder: Descriptor, stripComponents: Int = 0) throws(UnpackFailure) -> UnpackSummary {
        let reader = try ArchiveReader(archive)
        var writer = EntryWriter(folder, limits, trustsModes: trustsModes)
        var count = 0
        while let entry = try reader.next() {
            count += 1
            if count > limits.entries { throw .refused("the archive has more than \(limits.entries) entries") }
            try checkTime()
            try write(entry, of: reader, strip: stripComponents, &writer)
        }
        try writer.finish()
        if !allowsLinksOut, let link = writer.linksOut.first { throw .refused(link, "is a symbolic link that leads out") }
        return UnpackSummary(entries: count, bytes: writer.bytes)
    }

    private func write(
        _ entry: ArchiveEntry, of reader: ArchiveReader, strip: Int, _ writer: inout EntryWriter
    ) throws(UnpackFailure) {
        guard let text = entry.path, let content = entry.content else { throw .refused("the archive has a name that is not UTF-8") }
        guard let path = try EntryPath(text, strip: strip, limits) else { return }
        switch content {
        case .folder:
            try writer.addFolder(path, entry.permissions)
        case .file(let size):
            try fill(try writer.addFile(path, entry.permissions), size, path, reader, &writer)
        case .symbolicLink(let target):
            try writer.addLink(path, target: target)
        case .hardLink(let target, let size):
            guard let target = try EntryPath(target, strip: strip, limits) else { throw .refused(text, "is a link to what is left out") }
            try writer.addName(path, for: target)
            if let size, size > 0 { try fill(try writer.reopen(path), size, path, reader, &writer) }
        case .special(let noun):
            throw .refused(text, "is a \(noun); only files, folders and links are unpacked")
        }
    }

    private func fill(
        _ file: Descriptor, _ size: Int64?, _ path: EntryPath, _ reader: ArchiveReader, _ writer: inout EntryWriter
    ) throws(UnpackFailure) {
        // Announced content counts at once, so that a hole costs as much as what fills it.
        var counted = size ?? 0
        try writer.count(counted)
        while let (offset, bytes) = try reader.nextPiece() {
            let end = offset.addingReportingOverflow(Int64(bytes.count))
            guard offset >= 0, !end.overflow else { throw .refused(path.text, "has content at an impossible place") }
            if end.partialValue > counted {
                try writer.count(end.partialValue - counted)
                counted = end.partialValue
            }
            if writer.bytes > limits.ratioFloor, writer.bytes / limits.ratio > reader.bytesRead {
                throw .refused("the archive grows more than \(limits.ratio) times when unpacked")
            }
            try UnpackFailure.wrap { () throws(SystemError) in try file.writeAll(bytes, at: offset) }
            try checkTime()
        }
        try UnpackFailure.wrap { () throws(SystemError) in try file.truncate(to: counted) }
    }

    private func checkTime() throws(UnpackFailure) {
        if Clock.boottimeMilliseconds >= deadline { throw .deadline }
        guard let stop else { return }
        let events = try UnpackFailure.wrap { () throws(SystemError) in try Poller.wait([.init(stop, .readable)], timeoutMilliseconds: 0) }
        if !events.isEmpty { throw .stopped }
    }
}
