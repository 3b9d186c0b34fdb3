internal import FarmConfiguration
internal import FarmModel
internal import FarmStore

/// Finds jobs that nothing could run today: neither a runner at work nor, where none is, bf-run on this machine.
struct SatisfiableCheck {
    private let runners: [RunnerAbilities]
    private let isAtWork: Bool

    private static let shownJobs = 3

    init(_ store: any Farm, _ configuration: Configuration) throws(FarmError) {
        let atWork = try store.abilitiesAtWork()
        isAtWork = !atWork.isEmpty
        let architectures = configuration.list(.runArch).compactMap { Architecture($0) }
        let local = RunnerAbilities(architectures: Set([.native] + architectures), labels: Set(configuration.list(.runLabels)))
        let backends = try store.backendReports().map(\.abilities)
        runners = atWork.isEmpty ? [local] + backends : atWork
    }

    /// One line for all the jobs; nil if each can be run.
    func problem(_ jobs: [JobSpec]) -> String? {
        var missing: [String: [String]] = [:]
        for job in jobs {
            let lacks = lacks(job)
            if !lacks.isEmpty { missing[lacks.joined(separator: ", "), default: []].append(job.identity.description) }
        }
        guard !missing.isEmpty else { return nil }
        let parts = missing.sorted { $0.key < $1.key }.map { what, names in
            let shown = names.prefix(Self.shownJobs).joined(separator: ", ")
            return "\(what) (\(names.count > Self.shownJobs ? "\(shown) and \(names.count - Self.shownJobs) more" : shown))"
        }
        let who = isAtWork ? "no runner at work has" : "bf-run would not have"
        return "\(who) \(parts.joined(separator: "; ")); bf-status --why says what to start"
    }

    private func lacks(_ job: JobSpec) -> [String] {
        let requirement = Requirement(of: job)
        return runners.map { $0.lacks(requirement) }.min { $0.count < $1.count } ?? []
    }
}
