import FarmAPI
import FarmModel

/// Which events somebody wants.
struct EventFilter: Sendable, Equatable {
    /// Only of these builds; empty for all.
    var builds: Set<BuildID> = []
    /// Only of these types: `job.ended`, or `job.*` for all that start so; empty for all that are stored.
    var types: [String] = []
    /// Only of this runner; nil for all.
    var runner: RunnerID?

    /// True for administrators, who see who asked for what.
    var seesAudit = false

    func wants(_ event: LiveEvent) -> Bool {
        if !seesAudit, event.record.event.hasPrefix(EventRecord.auditPrefix) { return false }
        if !builds.isEmpty, event.record.build.map({ builds.contains($0) }) != true { return false }
        if let runner, event.runner != runner { return false }
        return wants(type: event.record.event)
    }

    /// True for log lines only if they were asked for by name: there are very many.
    func wants(type: String) -> Bool {
        if types.isEmpty { return type != LiveType.logLine }
        return types.contains { Self.pattern($0, means: type) }
    }

    /// Whether a type is one that was asked for: by its name, by `job.*` or by `*`.
    static func pattern(_ pattern: String, means type: String) -> Bool {
        pattern == type || pattern == "*" || (pattern.hasSuffix(".*") && type.hasPrefix(pattern.dropLast()))
    }

    var wantsLogs: Bool { wants(type: LiveType.logLine) }
}

/// The types of events that are made on the fly.
enum LiveType {
    static let logLine = "log.line"
    static let progress = "build.progress"
    static let load = "system.load"
    static let workerStatus = "worker.status"
    static let workerIdle = "worker.idle"

    static let all = [logLine, progress, load, workerStatus, workerIdle]
}
