/// A small archive in memory: that of signatures, of what a package says of itself, of an index.
struct SegmentArchive {
    /// Its bytes so far. Segments that others follow go without the end of an archive.
    private(set) var bytes: [UInt8] = []
    /// The time of all members, in seconds since 1970.
    let seconds: Int64

    /// An archive without members.
    init(seconds: Int64) { self.seconds = seconds }

    /// Adds a file.
    mutating func add(_ content: [UInt8], at path: String, mode: UInt32 = 0o644) {
        let size = Int64(content.count)
        bytes += PackageTarHeader(path: path, mode: mode, seconds: seconds, kind: .file, size: size).bytes
        bytes += content
        bytes += [UInt8](repeating: 0, count: PackageTarHeader.padding(after: size))
    }

    /// Ends the archive.
    mutating func end() { bytes += PackageTarHeader.end }
}
