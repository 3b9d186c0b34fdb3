package import FarmModel

/// What no executor on this machine's own kernel can do.
enum PhaseNeeds {
    /// Why a request cannot be run here, whatever the isolation.
    static func missingCapability(for request: ExecutionRequest) -> String? {
        if let reason = request.plan.missingBuildKit { return reason }
        if case .image(let reference) = request.plan.environment {
            return "the environment is the image \(reference), which needs an executor for containers"
        }
        let architecture = request.plan.architecture
        guard architecture == .native || architecture == .noarch else {
            return "the job is for \(architecture), and this machine is \(Architecture.native)"
        }
        return nil
    }
}

extension Plan {
    /// What everything but BuildKit lacks for a plan, in one sentence that says what to do; nil if it has phases.
    package var missingBuildKit: String? {
        guard dockerfile != nil else { return nil }
        return "the job is a Dockerfile, which only BuildKit builds; add a daemon with bf-run backend add ADDRESS --kind buildkit"
    }
}
