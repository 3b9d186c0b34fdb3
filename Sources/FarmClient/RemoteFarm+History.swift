internal import FarmAPI
public import FarmModel
public import FarmStore

/// Each asks the question of its name.
extension RemoteFarm {
    public func completeAttempt(_ id: AttemptID) throws(FarmError) -> CompleteAttempt { try ask(FarmQueries.completeAttempt, id) }

    public func history(of package: String, newest limit: Int?) throws(FarmError) -> [HistoryRecord] {
        try ask(FarmQueries.packageHistory, Limited(package, limit: limit))
    }

    public func builtNames() throws(FarmError) -> [String] { try ask(FarmQueries.builtNames, NoValue()) }

    public func lastGood(before attempt: AttemptID, of identity: JobIdentity) throws(FarmError) -> HistoryRecord? {
        try ask(FarmQueries.lastGood, LastGoodRequest(attempt: attempt, identity: identity))
    }

    public func historySamples(after id: AttemptID?, name: String?, since: Int64?, atMost limit: Int) throws(FarmError) -> [HistorySample] {
        try ask(FarmQueries.historySamples, SampleRequest(after: id, name: name, since: since, limit: limit))
    }

    public func origin(of text: String) throws(FarmError) -> ArtifactOrigin { try ask(FarmQueries.origin, text) }

    public func logDigest(_ attempt: AttemptRecord) throws(FarmError) -> Digest? { try ask(FarmQueries.logDigest, attempt.id) }
}
