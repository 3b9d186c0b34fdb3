/// What building something again came to.
public struct VerificationRecord: Sendable, Equatable {
    /// What was done.
    public enum Action: String, Sendable, CaseIterable {
        /// Built again in other surroundings.
        case verify
        /// Repeated as it was.
        case replay
    }

    /// What it came to.
    public enum Verdict: String, Sendable, CaseIterable {
        /// The same tree.
        case reproducible
        /// Another tree.
        case different
        /// It was built, and there is no tree to compare it with.
        case success
        /// It could not be built.
        case failed
    }

    /// What was done.
    public var action: Action
    /// The job.
    public var job: JobID
    /// Its build.
    public var build: BuildID
    /// The job as people write it.
    public var name: String
    /// The attempt that was repeated, perhaps of a job that had the same inputs; nil if it is not known any more.
    public var attempt: AttemptID?
    /// What it came to.
    public var verdict: Verdict
    /// Why it failed.
    public var failure: FailureClass?
    /// One line for people.
    public var message: String?
    /// The tree that was recorded.
    public var recordedTree: Digest?
    /// The tree that was built now, which is not kept.
    public var rebuiltTree: Digest?
    /// Where the two differ: the first ones.
    public var differences: [TreeDifference]
    /// How many differences there are.
    public var differenceCount: Int
    /// What was varied.
    public var variations: JSONObject
    /// The path of its log; nil if nothing was printed.
    public var log: String?
    /// The path of what diffoscope wrote, if it was run.
    public var report: String?
    /// When it ended, in milliseconds since 1970.
    public var endedMilliseconds: Int64
    /// How long it took.
    public var durationMilliseconds: Int64

    /// How many differences a record has at most.
    public static let mostDifferences = 1_000

    /// Creates a record of a success without differences.
    public init(action: Action, job: JobID, build: BuildID, name: String, attempt: AttemptID?) {
        self.action = action
        self.job = job
        self.build = build
        self.name = name
        self.attempt = attempt
        verdict = .success
        differences = []
        differenceCount = 0
        variations = JSONObject()
        endedMilliseconds = 0
        durationMilliseconds = 0
    }

    /// The `verification` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "verification", "type": .string(action.rawValue), "job": .string(job.description)]
        object.add("build", build.description)
        object.add("name", name)
        object.add("attempt", attempt?.description)
        object.add("verdict", verdict.rawValue)
        object.add("class", failure?.rawValue)
        object.add("message", message)
        object.add("tree", recordedTree?.description)
        object.add("rebuilt_tree", rebuiltTree?.description)
        if differenceCount > 0 {
            object.add("difference_count", Int64(differenceCount))
            object.add("differences", .array(differences.map { .object($0.json) }))
        }
        object.add("variations", .object(variations))
        object.add("log", log)
        object.add("report", report)
        object.add("ended", Timestamp.format(milliseconds: endedMilliseconds))
        object.add("duration_ms", durationMilliseconds)
        return object
    }
}
