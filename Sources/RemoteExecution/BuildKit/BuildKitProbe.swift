internal import BuildKitClient
internal import EngineClient
internal import Execution
internal import FarmModel

/// Asks a daemon what it is and can do.
struct BuildKitProbe: Sendable {
    private let daemon: BuildKitDaemon
    /// The daemon that BuildKit is part of, if there is one.
    private let engine: EngineClient?

    init(_ daemon: BuildKitDaemon, in engine: EngineClient?) {
        self.daemon = daemon
        self.engine = engine
    }

    func facts() async throws -> BackendFacts {
        let abilities = try await daemon.abilities()
        let workers = try await daemon.workers()
        let usage = try await daemon.diskUsage()
        let limits = try await daemon.logLimits()
        var facts = BackendFacts(
            version: try await version(abilities), architectures: architectures(abilities.platforms), abilities: abilities.words)
        facts.figures.add("platforms", .array(abilities.platforms.map { .string($0.description) }))
        facts.figures.add("workers", Int64(workers.count))
        facts.figures.add("cache_records", Int64(usage.count))
        facts.figures.add("cache_bytes", usage.filter { !$0.isShared }.reduce(0) { $0 + $1.bytes })
        let rules = workers.flatMap(\.collection)
        facts.figures.add("cache_most_bytes", rules.map { max($0.mostBytes, $0.keptBytes) }.max())
        facts.figures.add("disk_free_bytes", rules.map(\.freeBytes).max())
        facts.advice = advice(abilities, limits)
        return facts
    }

    private func version(_ abilities: Abilities) async throws -> String {
        let own = abilities.version.map { "buildkit \($0)" }
        guard let engine else { return own ?? "buildkit (too old to say its version)" }
        return "\(own ?? "buildkit") in docker \(try await engine.version().version)"
    }

    private func architectures(_ platforms: [Platform]) -> [Architecture] {
        var known: [Architecture] = []
        for architecture in platforms.compactMap(\.farmArchitecture) where !known.contains(architecture) { known.append(architecture) }
        return known
    }

    private func advice(_ abilities: Abilities, _ limits: LogLimits?) -> [String] {
        var advice = Self.advice(on: limits).map { [$0] } ?? []
        if !abilities.exportsImages {
            advice.append("images go by dockerd's own store: switch on its containerd image store to export them from BuildKit")
        }
        if !abilities.merges {
            advice.append("the daemon is too old for merges of file systems: use dockerd 23 or BuildKit 0.12, or newer")
        }
        return advice
    }

    /// The most that the daemon reads as a number there, and more bytes than steps print.
    private static let enough = Int32.max

    private static func advice(on limits: LogLimits?) -> String? {
        // dockerd 20.10 takes the -1 of newer ones for nothing at all.
        let remedy =
            "bf fetches the rest, but not that of Dockerfiles: set BUILDKIT_STEP_LOG_MAX_SIZE=\(enough) and "
            + "BUILDKIT_STEP_LOG_MAX_SPEED=\(enough) in the daemon's environment"
        guard let limits else { return "the daemon may cut off what a step prints after 2 MiB, or 200 KB in a second; \(remedy)" }
        guard limits.isClipped else { return nil }
        let named = limits.limits.isEmpty ? "" : " (its limit is \(limits.limits.joined(separator: " and ")))"
        let (printed, passed) = (SizeText.text(bytes: LogLimits.printedBytes), SizeText.text(bytes: limits.passedBytes))
        return "of \(printed) that a step printed the daemon passed on \(passed)\(named); \(remedy)"
    }
}
