import FarmStore
import FarmSubmission
import Recipes

/// What routes answer from.
struct Services: Sendable {
    let store: Store
    let documents: DocumentReader
    let recipes: RecipeRegistry
    let hub: EventHub
}
