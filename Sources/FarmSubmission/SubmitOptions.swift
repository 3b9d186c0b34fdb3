public import FarmModel

/// What is said about a submission as a whole.
public struct SubmitOptions: Sendable {
    /// What happens to a need that no job of the submission has.
    public enum MissingNeeds: String, Sendable, CaseIterable {
        /// The submission is refused.
        case error
        /// The need is dropped.
        case ignore
    }

    /// Who submits, if known.
    public var owner: String?
    /// Who asked, as far as can be told, for the records.
    public var requester: Requester?
    /// The same key with the same content answers the first build.
    public var key: String?
    /// Labels of the build, for people.
    public var labels: [String] = []
    /// Added to each job's priority.
    public var priority = 0
    /// Nothing starts before this time, in milliseconds since 1970.
    public var notBeforeMilliseconds: Int64?
    /// What happens to needs that no job has.
    public var missingNeeds = MissingNeeds.error
    /// Secrets by name.
    public var secrets: [String: [UInt8]] = [:]
    /// Run everything, also what is unchanged.
    public var isForced = false
    /// How long failures of the build's own commands are remembered; nil for not at all.
    public var rememberMilliseconds: Int64?
    /// The interface it came through.
    public var dialect = "native"
    /// False for jobs that come from another machine: their local sources must be trees that are in the farm already.
    public var readsLocalFiles = true
    /// What the dialect calls the build.
    public var aliases: [String] = []
    /// What the dialect calls the jobs.
    public var jobAliases: [JobIdentity: [String]] = [:]
    /// What the dialect must repeat of the request.
    public var dialectData: JSONObject?
    /// Who is told of what ends in this build.
    public var webhooks: [Webhook] = []
    /// Signs the messages to those of ``webhooks`` that name no configured secret; nil for no signature.
    public var webhookSecret: [UInt8]?

    /// No wishes.
    public init() {}
}
