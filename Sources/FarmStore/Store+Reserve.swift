internal import HostSystem

/// A file whose only use is its room: given back when the disk is full at the end of a job, so that the end can be noted.
extension Store {
    /// The size of the reserve.
    public static let reserveBytes: Int64 = 16 << 20

    private var reserve: String { directory.reserve }

    /// Makes the reserve if it is missing and the disk has room to spare. A failure is no error: there is just no reserve.
    public func keepReserve() {
        guard ((try? Files.statusIfPresent(reserve)) ?? nil)?.size != Self.reserveBytes,
            let system = try? FileSystem(at: directory.path), system.freeBytes > UInt64(8 * Self.reserveBytes),
            let file = try? Files.open(reserve, [.write, .create], mode: 0o600)
        else { return }
        try? file.allocate(Self.reserveBytes)
    }

    /// Gives the room back.
    public func releaseReserve() { try? Files.removeFile(reserve) }
}
