import Execution
import FarmModel
import FarmStore
import Recipes

/// What all attempts of one runner share.
struct AttemptContext: Sendable {
    let store: Store
    let recipes: RecipeRegistry
    let executor: any Executor
    let options: RunnerOptions
    let runner: RunnerID
    /// One for each slot; nil where the machine lends none.
    let controlGroups: [ControlGroupSlot?]
    /// Compresses logs.
    let logs: LogKeeper
    let hostRoot: HostRootDigest
    let workspaces = WorkspaceShelf()

    var trees: TreeCache { TreeCache(store: store) }
}
