/// Bytes that went from and to disks.
public struct DiskTransfer: Sendable, Equatable {
    /// Bytes read.
    public var readBytes: Int64
    /// Bytes written.
    public var writtenBytes: Int64

    /// The sum over all devices of a control group's `io.stat` (Documentation/admin-guide/cgroup-v2.rst of Linux): a line for each device,
    /// `8:0 rbytes=4096 wbytes=0 rios=1 …`.
    init(ioStat: String) {
        (readBytes, writtenBytes) = (0, 0)
        for word in ioStat.split(whereSeparator: \.isWhitespace) {
            if word.hasPrefix("rbytes=") { readBytes += Int64(word.dropFirst(7)) ?? 0 }
            if word.hasPrefix("wbytes=") { writtenBytes += Int64(word.dropFirst(7)) ?? 0 }
        }
    }

    /// What came to it since another reading.
    static func - (later: DiskTransfer, earlier: DiskTransfer) -> DiskTransfer {
        var difference = later
        difference.readBytes -= earlier.readBytes
        difference.writtenBytes -= earlier.writtenBytes
        return difference
    }
}
