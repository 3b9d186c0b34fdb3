import FarmModel

@testable import FarmStore

/// The rules that hold after every operation; each function returns the sentences that are broken.
struct FarmRules {
    let farm: FarmSnapshot

    var broken: [String] {
        farm.builds.flatMap { broken(build: $0.key, $0.value) } + farm.jobs.values.flatMap(broken(job:)) + brokenAttempts
    }

    private func broken(build id: BuildID, _ build: FarmSnapshot.Build) -> [String] {
        var tally = BuildTally()
        for job in farm.jobs.values where job.build == id { tally.add(job.state) }
        var found: [String] = []
        if tally != build.tally { found.append("\(id) counts \(build.tally), its jobs are \(tally)") }
        if tally.state != build.state { found.append("\(id) is \(build.state), its jobs make it \(tally.state)") }
        if build.isEnded != build.state.isTerminal { found.append("\(id) is \(build.state), ended is \(build.isEnded)") }
        return found
    }

    private func broken(job: FarmSnapshot.Job) -> [String] {
        var found: [String] = []
        func require(_ holds: Bool, _ rule: String) { if !holds { found.append("\(job.id): \(rule): \(job)") } }
        require(job.isEnded == job.state.isTerminal, "ended_ms is set exactly for ended jobs")
        require((job.queue != nil) == (job.state == .pending), "queue is set exactly for pending jobs")
        require(job.hasTree == (job.state == .success), "only successful jobs have a tree")
        require(!job.isCancelling || job.state == .running, "only running jobs are being cancelled")
        switch job.state {
        case .pending: found += broken(pending: job)
        case .skipped: found += broken(skipped: job)
        case .running, .success, .failed, .cancelled: require(job.root == nil && job.via == nil, "only skipped jobs have a culprit")
        }
        return found
    }

    private func broken(pending job: FarmSnapshot.Job) -> [String] {
        var found: [String] = []
        func require(_ holds: Bool, _ rule: String) { if !holds { found.append("\(job.id): \(rule): \(job)") } }
        let needs = farm.needs[job.id] ?? []
        let unfinished = needs.count { farm.jobs[$0.need]?.state.isTerminal == false }
        require(job.waiting == Int64(unfinished), "waiting counts the unfinished needs, which are \(unfinished)")
        require(needs.allSatisfy { $0.isOptional || !isLost($0.need) }, "a pending job's needs can still succeed")
        let isPaused = farm.builds[job.build]?.isPaused ?? false
        let expected: QueueState = unfinished > 0 ? .dependency : isPaused ? .paused : job.due != nil ? .delayed : .ready
        require(job.queue == expected.rawValue, "queue should be \(expected)")
        require((job.due == nil) == (job.dueBoot == nil), "a due time has its clock")
        require(job.due == nil || unfinished == 0, "only a job that waits for nothing else is due")
        if job.dueBoot == "" { require(job.due == farm.builds[job.build]?.notBefore, "due when the build may start") }
        return found
    }

    private func isLost(_ job: JobID) -> Bool {
        farm.jobs[job].map { $0.state.isTerminal && $0.state != .success } ?? true
    }

    private func broken(skipped job: FarmSnapshot.Job) -> [String] {
        guard let via = job.via.flatMap({ farm.jobs[$0] }), let root = job.root.flatMap({ farm.jobs[$0] }) else {
            return ["\(job.id): a skipped job has root and via: \(job)"]
        }
        var found: [String] = []
        let isNeed = farm.needs[job.id]?.contains { $0.need == via.id && !$0.isOptional } ?? false
        if !isNeed || !isLost(via.id) { found.append("\(job.id): via is a need that did not succeed: \(job), \(via)") }
        if root.state != .failed && root.state != .cancelled {
            found.append("\(job.id): the root failed or was cancelled: \(job), \(root)")
        }
        if root.id != (via.root ?? via.id) { found.append("\(job.id): the root is that of via: \(job), \(via)") }
        return found
    }

    private var brokenAttempts: [String] {
        var found: [String] = []
        let byJob = Dictionary(grouping: farm.attempts.values, by: \.job)
        for job in farm.jobs.values {
            let attempts = (byJob[job.id] ?? []).sorted { $0.number < $1.number }
            if attempts.map(\.number) != Array(1...max(job.attempts, 1)).prefix(Int(job.attempts)).map({ $0 }) {
                found.append("\(job.id): attempts are numbered from 1 to \(job.attempts): \(attempts.map(\.number))")
            }
            let running = attempts.count { $0.state == .running }
            if running != (job.state == .running ? 1 : 0) { found.append("\(job.id) is \(job.state) with \(running) running attempts") }
        }
        for attempt in farm.attempts.values where attempt.isEnded == (attempt.state == .running) {
            found.append("\(attempt.id) is \(attempt.state), ended is \(attempt.isEnded)")
        }
        return found
    }

    /// What may not have happened since an earlier snapshot.
    func broken(since before: FarmSnapshot, events: [FarmSnapshot.Event]) -> [String] {
        var found: [String] = []
        for (id, attempt) in before.attempts where attempt.isEnded && farm.attempts[id] != attempt {
            found.append("\(id) changed after its end")
        }
        for (id, job) in before.jobs {
            let now = farm.jobs[id]?.state
            if job.state == .success && now != .success { found.append("\(id) was successful and is \(now as Any)") }
            if job.state != now && !events.contains(where: { $0.job == id }) {
                found.append("\(id) changed to \(now as Any) without an event")
            }
        }
        for (id, build) in farm.builds where before.builds[id]?.state != build.state {
            if !events.contains(where: { $0.build == id && $0.job == nil }) { found.append("\(id) became \(build.state) without an event") }
        }
        if events.contains(where: { $0.kind == nil }) { found.append("an event of unknown kind") }
        return found
    }
}
