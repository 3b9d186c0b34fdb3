import FarmModel
import HostSystem
import Synchronization

/// What the machine's own root file system is, as far as an input digest needs it: the digest of the package database.
final class HostRootDigest: Sendable {
    private let known = Mutex<(stamp: [Int64], digest: String)?>(nil)
    private static let databases = ["/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/pacman/local"]
    private static let databaseLimit = 512 << 20

    /// The digest now; read again only when a database has changed. Without a database it names the kernel's machine and release.
    var text: String {
        let stamp = Self.databases.map { ((try? Files.statusIfPresent($0)) ?? nil)?.modifiedNanoseconds ?? 0 }
        return known.withLock { known in
            if let known, known.stamp == stamp { return known.digest }
            let digest = "host:" + Self.read()
            known = (stamp, digest)
            return digest
        }
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
