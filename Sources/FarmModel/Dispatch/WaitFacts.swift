/// What is known about why a job does not run, for all codes together: what does not belong to a code stays empty.
public struct WaitFacts: Sendable, Equatable {
    /// A needed job that has not ended.
    public struct Need: Sendable, Equatable {
        /// The job.
        public var job: JobID
        /// Its name.
        public var name: String
        /// Its state.
        public var state: JobState

        /// Creates one.
        public init(job: JobID, name: String, state: JobState) {
            self.job = job
            self.name = name
            self.state = state
        }
    }

    /// The job itself.
    public var job: JobID
    /// Its build.
    public var build: BuildID
    /// The first of the needs that have not ended.
    public var needs: [Need] = []
    /// How many of them there are.
    public var needCount = 0
    /// The identical job that runs.
    public var twin: JobID?
    /// What is paused: `all`, a build or a runner.
    public var paused: String?
    /// Who paused it, since when and why.
    public var pause: JSONObject?
    /// When it is due, in milliseconds since 1970.
    public var dueMilliseconds: Int64?
    /// Why its newest attempt failed, and the number of that.
    public var failure: FailureClass?
    /// The number of attempts so far.
    public var attempts = 0
    /// The runners that the code is about.
    public var runners: [RunnerID] = []
    /// The addresses of the backends that could take it.
    public var backends: [String] = []
    /// What it asks for that no runner at work has.
    public var missing: [String] = []
    /// Busy slots and slots of the runners that could take it.
    public var load: (running: Int, slots: Int)?
    /// How many ready jobs are before it.
    public var ahead: Int?
    /// What the machine is short of.
    public var pressure: [PressureFact] = []
    /// Since when it is cancelled, in milliseconds since 1970.
    public var cancelledMilliseconds: Int64?

    /// Nothing but the job is known.
    public init(job: JobID, build: BuildID) {
        self.job = job
        self.build = build
    }

    /// Equal in all parts.
    public static func == (left: WaitFacts, right: WaitFacts) -> Bool {
        WaitCode.allCases.allSatisfy { left.json(for: $0) == right.json(for: $0) }
    }

    /// The facts that belong to a code, for records.
    public func json(for code: WaitCode) -> JSONObject {
        var object = JSONObject()
        let backendNames: JSONValue? = backends.isEmpty ? nil : .array(backends.map(JSONValue.string))
        let runnerNames: JSONValue? = runners.isEmpty ? nil : .array(runners.map { .string($0.description) })
        switch code {
        case .dependency:
            object.add("needs", .array(needs.map(\.json)))
            object.add("count", Int64(needCount))
        case .shared: object.add("same_as", twin?.description)
        case .paused:
            object.add("paused", paused)
            for member in pause?.members ?? [] { object.add(member.key, member.value) }
        case .notBefore: object.add("due", dueMilliseconds.map(Timestamp.format))
        case .backoff:
            object.add("due", dueMilliseconds.map(Timestamp.format))
            object.add("attempts", Int64(attempts))
            object.add("class", failure?.rawValue)
        case .unsatisfiable: object.add("missing", .array(missing.map(JSONValue.string)))
        case .backendFull:
            object.add("runners", runnerNames)
            object.add("backends", backendNames)
            object.add("running", load.map { Int64($0.running) })
            object.add("slots", load.map { Int64($0.slots) })
            object.add("ahead", ahead.map { Int64($0) })
        case .pressure:
            object.add("runners", runnerNames)
            object.add("pressure", .array(pressure.map { .object($0.json) }))
        case .cancelling: object.add("since", cancelledMilliseconds.map(Timestamp.format))
        case .recovering, .notSelected, .starting: object.add("runners", runnerNames)
        case .backendOffline, .backendDrained, .breakerOpen:
            object.add("runners", backends.isEmpty ? runnerNames : nil)
            object.add("backends", backendNames)
        case .noRunner: break
        }
        return object
    }
}

extension WaitFacts.Need {
    fileprivate var json: JSONValue {
        .object(["id": .string(job.description), "name": .string(name), "state": .string(state.rawValue)])
    }
}
