public import FarmModel

/// What the farm remembers of one package, as go-dsynth's database exports it.
public struct DsynthDatabaseEntry: Sendable, Equatable {
    /// The name of the package.
    public var portdir: String
    /// The digest of its newest result.
    public var digest: Digest?
    /// Its version, if that is known.
    public var version: String?
    /// The name of its file, if it has one.
    public var packageFile: String?
    /// The size of its result, in bytes.
    public var bytes: Int64?
    /// When it was built, in milliseconds since 1970.
    public var builtMilliseconds: Int64?
    /// How long that took.
    public var durationMilliseconds: Int64?

    /// Creates an entry of which nothing is known but its name.
    public init(portdir: String) { self.portdir = portdir }

    /// The first 32 bits of the digest stand where go-dsynth has a checksum of the port.
    private var lines: [(String, String)] {
        [
            ("PortDir", portdir), ("CRC", digest.map { Hexadecimal.text(of: $0.bytes.prefix(4)) } ?? "00000000"),
            ("Version", version ?? "unknown"), ("PkgFile", packageFile ?? ""), ("Size", String(bytes ?? 0)),
            ("Mtime", builtMilliseconds.map(GoText.time) ?? GoText.zeroTime),
            ("BuildTime", DsynthDuration.text(milliseconds: durationMilliseconds ?? 0)),
        ]
    }

    /// What `GET /api/v1/database/export` answers: plain text, a block of lines for each package.
    public static func export(_ entries: [DsynthDatabaseEntry], at time: Int64) -> String {
        var text = "# Package database\n# Exported: \(GoText.time(time))\n# Total entries: \(entries.count)\n"
        for entry in entries {
            text += "\n"
            for (key, value) in entry.lines { text += "\(key): \(value)\n" }
        }
        return text
    }
}

/// Answers of go-dsynth's `/api/v1/database`.
public enum DsynthDatabase {
    /// What `GET /api/v1/database/stats` answers.
    /// - Parameter bytes: The size of the database and of what lies beside it.
    public static func statistics(packages: Int, builds: Int, attempts: Int, bytes: Int64) -> JSONObject {
        [
            "packages": .int(Int64(packages)), "builds": .int(Int64(builds)), "attempts": .int(Int64(attempts)), "size_bytes": .int(bytes),
        ]
    }

    /// What `POST /api/v1/database/rebuild` answers: the farm derives all it knows from what it did, so nothing can be out of date.
    public static func rebuilt(packages: Int) -> JSONObject { ["packages": .int(Int64(packages)), "changed": 0] }

    /// What `POST /api/v1/database/clean` answers.
    public static func cleaned(removed: Int, bytes: Int64) -> JSONObject { ["removed": .int(Int64(removed)), "freed_bytes": .int(bytes)] }
}
