import Execution
import FarmModel

/// The executor that the options ask for.
enum ExecutorChoice {
    /// - Throws: `unavailable`, with what to install or set, if jobs cannot be kept apart here as asked.
    static func make(_ options: RunnerOptions) throws(FarmError) -> any Executor {
        switch options.isolation {
        case .none: return DirectExecutor()
        case .sandbox:
            if let problem = SandboxCheck.problem { throw FarmError(.unavailable, problem.text) }
            return SandboxExecutor()
        }
    }
}
