internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    /// Everything that is known of an attempt.
    public func completeAttempt(_ id: AttemptID) throws(FarmError) -> CompleteAttempt { try ask(FarmQueries.completeAttempt, id) }

    /// The ended attempts of a package, the newest first; nil for all of them.
    public func history(of package: String, newest limit: Int?) throws(FarmError) -> [HistoryRecord] {
        try ask(FarmQueries.packageHistory, Limited(package, limit: limit))
    }

    /// The names of all packages that were ever built.
    public func builtNames() throws(FarmError) -> [String] { try ask(FarmQueries.builtNames, NoValue()) }

    /// The newest good attempt of the same package, architecture and matrix cell before an attempt.
    public func lastGood(before attempt: AttemptID, of identity: JobIdentity) throws(FarmError) -> HistoryRecord? {
        try ask(FarmQueries.lastGood, LastGoodRequest(attempt: attempt, identity: identity))
    }

    /// Some ended attempts in the order of their start, of names that fit a pattern, ended since a time in milliseconds since 1970.
    public func historySamples(after id: AttemptID?, name: String?, since: Int64?, atMost limit: Int) throws(FarmError) -> [HistorySample] {
        try ask(FarmQueries.historySamples, SampleRequest(after: id, name: name, since: since, limit: limit))
    }

    /// Which attempt made a tree or a file, by the start of its digest.
    public func origin(of text: String) throws(FarmError) -> ArtifactOrigin { try ask(FarmQueries.origin, text) }

    /// The digest of an attempt's log; nil if there is none.
    public func logDigest(_ attempt: AttemptRecord) throws(FarmError) -> Digest? { try ask(FarmQueries.logDigest, attempt.id) }
}
