import FarmModel
import HostSystem
import Synchronization

/// What the machine's own root file system is, as far as an input digest needs it: the digest of the package database.
final class HostRootDigest: Sendable {
    private struct Known {
        /// The databases that there are, and when each was changed last.
        var stamps: [String: Int64]
        var digest: String
        /// When the others were looked for, in boot-clock milliseconds.
        var search: Int64
    }

    private let known = Mutex<Known?>(nil)
    private static let databases = ["/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/pacman/local"]
    private static let databaseLimit = 512 << 20
    /// How long a database may be there until it is found: a machine does not get a second package manager between two jobs. One that it has
    /// is looked at each time, as a job without isolation may install packages for the next.
    private static let searchInterval: Int64 = 1_000

    /// The digest now; read again only when a database has changed. Without a database it names the kernel's machine and release.
    var text: String {
        known.withLock { known in
            let now = Clock.boottimeMilliseconds
            let isSearching = known.map { now - $0.search >= Self.searchInterval } ?? true
            let stamps = Self.stamps(of: isSearching ? Self.databases : known.map { Array($0.stamps.keys) } ?? [])
            let digest = if let known, known.stamps == stamps { known.digest } else { "host:" + Self.read() }
            known = Known(stamps: stamps, digest: digest, search: isSearching ? now : known?.search ?? now)
            return digest
        }
    }

    private static func stamps(of paths: [String]) -> [String: Int64] {
        var stamps: [String: Int64] = [:]
        for path in paths { stamps[path] = ((try? Files.statusIfPresent(path)) ?? nil)?.modifiedNanoseconds }
        return stamps
    }

    private static func read() -> String {
        var hasher = DigestHasher()
        for path in databases {
            guard let bytes = try? Files.readAll(path, limit: databaseLimit) else { continue }
            bytes.withUnsafeBytes { hasher.update($0) }
        }
        return hasher.finish().hex
    }
}
