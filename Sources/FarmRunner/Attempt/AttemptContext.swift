import Execution
import FarmModel
import FarmStore
import Recipes

/// What all attempts of one runner share.
struct AttemptContext: Sendable {
    let store: Store
    let recipes: RecipeRegistry
    /// Runs what runs on this machine.
    let executor: any Executor
    let options: RunnerOptions
    let runner: RunnerID
    let controlGroups: ControlGroupShelf
    /// Compresses logs.
    let logs: LogKeeper
    let hostRoot: HostRootDigest
    let workspaces = WorkspaceShelf()

    var signingKeys: SigningKeys { SigningKeys(store.directory, chosen: options.packages.signingKey) }

    var trees: TreeCache { TreeCache(store: store) }

    /// What runs a claim.
    func executor(for claim: Claim) throws(AttemptFailure) -> any Executor {
        guard let address = claim.backend else { return executor }
        let backend = try AttemptFailure.wrap { () throws(FarmError) in try store.backends().first { $0.address == address } }
        guard let backend, let access = options.backends else {
            throw AttemptFailure(.infrastructure, "backend \(address) was removed before the job could start")
        }
        do throws(FarmError) { return try access.executor(for: backend) } catch {
            throw AttemptFailure(.infrastructure, error.message)
        }
    }
}
