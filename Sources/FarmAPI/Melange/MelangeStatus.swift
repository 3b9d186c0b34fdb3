internal import FarmModel

extension BuildState {
    /// The word of the melange services. They know no cancelling: a cancelled build has failed, wholly or in part.
    func melangeStatus(_ tally: BuildTally) -> String {
        switch self {
        case .cancelled: tally.success > 0 ? BuildState.partial.rawValue : BuildState.failed.rawValue
        default: rawValue
        }
    }
}

extension JobState {
    /// The word of the melange services.
    var melangeStatus: String { self == .cancelled ? JobState.failed.rawValue : rawValue }
}

extension JobRecord {
    /// Adds what a job or a package of the melange services says of its run. How it ended is told only when it has.
    /// - Parameters:
    ///   - need: The name of the job because of which this one was skipped.
    ///   - place: Where its results lie as files; nil for those of the native interface.
    func addMelangeRun(to object: inout JSONObject, need: String?, place: MelangePlace?) {
        guard state != .skipped else {
            object.add("error", "dependency \(need ?? "of it") failed")
            return
        }
        object.add("started_at", startedMilliseconds.map(GoText.time))
        guard state.isTerminal else { return }
        object.add("finished_at", endedMilliseconds.map(GoText.time))
        object.add("error", melangeError)
        guard attempts > 0 || state == .success else { return }
        object.add("log_path", place?.log ?? FarmPath.log(of: id))
        object.add("output_path", place?.outputs ?? FarmPath.artifacts(of: id))
    }

    private var melangeError: String? {
        switch state {
        case .failed: message ?? failure?.rawValue ?? "failed"
        case .cancelled: message ?? "cancelled"
        default: nil
        }
    }
}

/// Where the results of a job lie as files of the server, for services whose answers name them.
public struct MelangePlace: Sendable, Equatable {
    /// The log.
    public var log: String
    /// The folder of the outputs.
    public var outputs: String

    /// Names both.
    public init(log: String, outputs: String) {
        self.log = log
        self.outputs = outputs
    }
}

/// Paths of the native interface that answers of other dialects point to.
enum FarmPath {
    static func log(of job: JobID) -> String { "/api/v1/native/jobs/\(job)/log" }
    static func artifacts(of job: JobID) -> String { "/api/v1/native/jobs/\(job)/artifacts" }
}
