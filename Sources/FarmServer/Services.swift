import FarmModel
import FarmStore
import FarmSubmission
import Recipes

/// What routes answer from.
struct Services: Sendable {
    let store: Store
    let documents: DocumentReader
    let recipes: RecipeRegistry
    let hub: EventHub
    let metrics: FarmMetrics
    let requests: RequestMetrics
    /// Joins submissions into few transactions.
    let submissions: SubmissionQueue
    /// The names of the secrets that messages to webhooks may be signed with.
    let webhookSecrets: Set<String>
    /// What is built for where a request names no architecture.
    let architecture: Architecture
    /// The folder of the repository of finished packages.
    let repository: String
    /// The folder that melange's servers put results in; nil where nobody asked for one.
    let outputs: OutputFolder?
    /// The text of a public key that packages are signed with, by its name; nil for an unknown one.
    let packageKeys: @Sendable (String) throws(FarmError) -> String?
    /// What garbage collection keeps.
    let retention: RetentionPolicy
    /// For programs that are run to answer.
    let environment: @Sendable (String) -> String?
}
