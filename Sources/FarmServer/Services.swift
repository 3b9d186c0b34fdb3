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
    /// What garbage collection keeps.
    let retention: RetentionPolicy
    /// For programs that are run to answer.
    let environment: @Sendable (String) -> String?
}
