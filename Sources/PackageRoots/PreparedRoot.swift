public import HostSystem

/// A root file system that is there.
///
/// It shares its files with other roots and with the cache: mount it read-only, or beneath a layer that takes the writes.
public struct PreparedRoot: Sendable {
    /// Where it lies.
    public let path: String
    /// For the input digest: `apk:` and the digest of its lock.
    public let digest: String
    /// Keeps gc from it; held shared.
    public let lock: FileLock
}
