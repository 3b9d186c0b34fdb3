public import FarmModel

/// What was built before.
public protocol FarmHistory: Sendable {
    /// Everything that is known of an attempt.
    func completeAttempt(_ id: AttemptID) throws(FarmError) -> CompleteAttempt

    /// The ended attempts of a package, the newest first; nil for all of them.
    func history(of package: String, newest limit: Int?) throws(FarmError) -> [HistoryRecord]

    /// The names of all packages that were ever built.
    func builtNames() throws(FarmError) -> [String]

    /// The newest good attempt of the same package, architecture and matrix cell before an attempt.
    func lastGood(before attempt: AttemptID, of identity: JobIdentity) throws(FarmError) -> HistoryRecord?

    /// Some ended attempts in the order of their start, of names that fit a pattern, ended since a time in milliseconds since 1970.
    func historySamples(after id: AttemptID?, name: String?, since: Int64?, atMost limit: Int) throws(FarmError) -> [HistorySample]

    /// Which attempt made a tree or a file, by the start of its digest.
    func origin(of text: String) throws(FarmError) -> ArtifactOrigin

    /// The digest of an attempt's log; nil if there is none.
    func logDigest(_ attempt: AttemptRecord) throws(FarmError) -> Digest?
}
