import FarmModel

/// Limits of the user and the kernel.
struct LimitFacts: Sendable {
    /// How many files a process may have open: now, and at most; nil where that could not be read.
    var openFiles: (soft: UInt64, hard: UInt64)?
    /// How many processors there are, hence slots.
    var processors: Int
    /// How many inotify instances a user may have; nil where the kernel does not tell.
    var inotifyInstances: Int?
    /// Whether one more could be made.
    var canWatch: Bool
    /// Whether the kernel tells how short memory is.
    var tellsPressure: Bool

    /// What a runner itself and each of its slots may have open.
    private static let runnerFiles: UInt64 = 128
    private static let slotFiles: UInt64 = 64

    var checks: [CheckRecord] { [files, watches, pressure] }

    private var files: CheckRecord {
        let name = "open-files"
        guard let openFiles else { return CheckRecord(name, .absent, "the limit cannot be read") }
        let needed = Self.runnerFiles + Self.slotFiles * UInt64(processors)
        let limit = openFiles.soft == .max ? "no limit" : "at most \(openFiles.soft)"
        guard openFiles.soft < needed else { return CheckRecord(name, .ok, limit) }
        let remedy =
            openFiles.hard >= needed ? "run ulimit -n \(needed) before bf-run" : "raise LimitNOFILE= of the unit, or nofile in limits.conf"
        return CheckRecord(name, .warning, "\(limit), and \(processors) slots may need \(needed)", remedy: remedy)
    }

    private var watches: CheckRecord {
        let most = inotifyInstances.map { "at most \($0) instances a user" } ?? "limit not known"
        guard !canWatch else { return CheckRecord("inotify", .ok, most) }
        return CheckRecord(
            "inotify", .warning, "no instance is left (\(most)): tools look 20 times a second instead",
            remedy: "run sysctl -w fs.inotify.max_user_instances=1024")
    }

    private var pressure: CheckRecord {
        if tellsPressure { return CheckRecord("pressure", .ok, "the kernel tells how short memory is") }
        return CheckRecord(
            "pressure", .absent, "the kernel does not tell how short memory is, so jobs start without regard to it",
            remedy: "boot with psi=1")
    }
}
