import FarmModel

/// A farm as a plain value: jobs that need each other, moved on by the transitions of FarmModel and nothing else.
///
/// Jobs are numbered; those that a job needs have smaller numbers and are in the same build.
struct FarmValue {
    struct Edge: Equatable {
        var job: Int
        var isOptional: Bool
    }

    struct Job {
        let build: Int
        let needs: [Edge]
        var dependents: [Edge] = []
        var state = JobState.pending
        var waiting = 0
        var isDelayed = false
        var isCancelling = false
        var attempts = 0
        /// The boot of the machine in which the last attempt began.
        var boot = 0
        var failures: [PastFailure] = []
    }

    /// More attempts than a job that kills its runners gets.
    static let policy = RetryPolicy(attempts: 5)

    private(set) var jobs: [Job] = []
    private(set) var builds: [[Int]] = []
    private(set) var collected: Set<Int> = []
    private var paused: Set<Int> = []
    private var cancelRequested: Set<Int> = []
    private(set) var boot = 1

    // MARK: What is asked

    /// Where a pending job stands.
    func queue(_ job: Int) -> QueueState? {
        let value = jobs[job]
        guard value.state == .pending else { return nil }
        return QueueState(waiting: Int64(value.waiting), isPaused: paused.contains(value.build), isDelayed: value.isDelayed)
    }

    /// The jobs that are still known.
    var present: [Int] { jobs.indices.filter { !collected.contains(jobs[$0].build) } }

    func isEnded(build: Int) -> Bool { builds[build].allSatisfy { jobs[$0].state.isTerminal } }

    private func isCancelling(build: Int) -> Bool { cancelRequested.contains(build) && !isEnded(build: build) }

    private func isLost(_ job: Int) -> Bool { jobs[job].state.isTerminal && jobs[job].state != .success }

    private func unfinishedNeeds(_ job: Int) -> Int { jobs[job].needs.count { !jobs[$0.job].state.isTerminal } }

    private func isBlocked(_ job: Int) -> Bool { jobs[job].needs.contains { !$0.isOptional && isLost($0.job) } }

    // MARK: What happens

    mutating func addBuild() -> Int {
        builds.append([])
        return builds.count - 1
    }

    /// A job comes in, whatever has become of what it needs by now.
    mutating func insert(into build: Int, needs: [Edge]) {
        let number = jobs.count
        jobs.append(Job(build: build, needs: needs))
        builds[build].append(number)
        for need in needs { jobs[need.job].dependents.append(Edge(job: number, isOptional: need.isOptional)) }
        jobs[number].waiting = unfinishedNeeds(number)
        if isBlocked(number) { jobs[number].state = .skipped }
    }

    mutating func claim(_ job: Int) {
        jobs[job].state = .running
        jobs[job].attempts += 1
        jobs[job].boot = boot
        jobs[job].isDelayed = false
    }

    /// An attempt is reported; one that has ended changes nothing.
    mutating func report(_ job: Int, attempt: Int, _ end: AttemptEnd) {
        guard jobs[job].state == .running, jobs[job].attempts == attempt else { return }
        switch ReportStep(end, isCancelling: jobs[job].isCancelling) {
        case .succeed: self.end(job, .success)
        case .cancel: self.end(job, .cancelled)
        case .settle, .giveBack: requeue(job, isDelayed: false)
        case .judge(let failure): judge(job, failure)
        }
    }

    private mutating func judge(_ job: Int, _ failure: FailureClass) {
        jobs[job].failures.append(PastFailure(failure: failure, bootIdentifier: "\(jobs[job].boot)"))
        switch FailureStep(failure, among: jobs[job].failures, boot: "\(boot)", policy: Self.policy, jitter: 0.5) {
        case .again: requeue(job, isDelayed: true)
        case .poison, .end: end(job, .failed)
        }
    }

    private mutating func requeue(_ job: Int, isDelayed: Bool) {
        jobs[job].state = .pending
        jobs[job].waiting = unfinishedNeeds(job)
        jobs[job].isDelayed = isDelayed && jobs[job].waiting == 0
    }

    private mutating func end(_ first: Int, _ state: JobState) {
        close(first, state)
        var ended = [first]
        while let job = ended.popLast() {
            for edge in jobs[job].dependents where jobs[edge.job].state == .pending {
                switch DependentStep(afterEnd: jobs[job].state, isOptional: edge.isOptional) {
                case .release: jobs[edge.job].waiting -= 1
                case .skip:
                    close(edge.job, .skipped)
                    ended.append(edge.job)
                }
            }
        }
    }

    private mutating func close(_ job: Int, _ state: JobState) {
        jobs[job].state = state
        jobs[job].isCancelling = false
        jobs[job].isDelayed = false
    }

    mutating func cancel(_ job: Int) {
        switch CancelStep(in: jobs[job].state) {
        case .end: end(job, .cancelled)
        case .request: jobs[job].isCancelling = true
        case .nothing: break
        }
    }

    mutating func cancel(build: Int) {
        guard !isEnded(build: build) else { return }
        cancelRequested.insert(build)
        for job in builds[build] {
            switch CancelStep(in: jobs[job].state) {
            case .end: close(job, .cancelled)
            case .request: jobs[job].isCancelling = true
            case .nothing: break
            }
        }
    }

    /// Retries a job; nil if that is refused, else what was revived.
    mutating func retry(_ job: Int) -> [Int]? {
        let build = jobs[job].build
        let step = RetryStep(in: jobs[job].state, isCancelling: jobs[job].isCancelling, isBuildCancelling: isCancelling(build: build))
        guard step == .revive else { return nil }
        let revived = revive([job], of: build)
        return revived.isEmpty ? nil : revived
    }

    /// Retries all of a build; nil if that is refused.
    mutating func retry(build: Int) -> [Int]? {
        guard !isCancelling(build: build) else { return nil }
        return revive(builds[build].filter { jobs[$0].state == .failed || jobs[$0].state == .cancelled }, of: build)
    }

    private mutating func revive(_ requested: [Int], of build: Int) -> [Int] {
        var revived: [Int] = []
        var open = requested
        while let job = open.popLast() {
            let step = ReviveStep(in: jobs[job].state, isRequested: requested.contains(job), isBlocked: isBlocked(job))
            guard step == .revive else { continue }
            jobs[job].state = .pending
            jobs[job].failures = []
            revived.append(job)
            open += jobs[job].dependents.filter { !$0.isOptional }.map(\.job)
        }
        if revived.isEmpty { return [] }
        cancelRequested.remove(build)
        for job in builds[build] where jobs[job].state == .pending {
            jobs[job].waiting = unfinishedNeeds(job)
            if jobs[job].waiting > 0 { jobs[job].isDelayed = false }
        }
        return revived.sorted()
    }

    mutating func pause(_ build: Int) { paused.insert(build) }
    mutating func resume(_ build: Int) { paused.remove(build) }
    mutating func endDelays() { for job in jobs.indices { jobs[job].isDelayed = false } }

    /// The machine starts again: what ran on it is lost, and delays by its clock are over.
    mutating func reboot() {
        boot += 1
        endDelays()
    }

    /// Builds go.
    mutating func collect(_ builds: some Sequence<Int>) { collected.formUnion(builds) }
}
