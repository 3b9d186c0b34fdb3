internal import Execution
internal import FarmModel

/// What any daemon with containers must be able to do for a request.
extension BackendRecord {
    /// Why no container there can run the phases of a request, in a sentence; nil if one can.
    func reasonAgainstPhases(of request: ExecutionRequest) -> String? {
        let plan = request.plan
        if plan.environment == .host {
            return "the environment is that of the runner's machine (environment: host), which no container has; name a root or an image"
        }
        if request.isolation == .none { return "isolation none means the runner's own machine, not a container" }
        if !runs(plan.architecture) { return "the job is for \(plan.architecture), and \(address) runs \(platforms)" }
        if plan.phases.contains(where: { $0.network == .host }) && !request.allowsHostNetwork {
            return "a phase asks for network: host; start bf-run with --allow-host-network, or ask for network: internet"
        }
        return nil
    }

    /// Why an image of a Dockerfile cannot be made there, in a sentence; nil if it can.
    func reasonAgainst(_ dockerfile: DockerfileBody, of request: ExecutionRequest) -> String? {
        let wanted = dockerfile.architectures.isEmpty ? [request.plan.architecture] : dockerfile.architectures
        if let other = wanted.first(where: { !runs($0) }) { return "the image is for \(other), and \(address) runs \(platforms)" }
        guard dockerfile.network == .host, !request.allowsHostNetwork else { return nil }
        return "the dockerfile asks for network: host; start bf-run with --allow-host-network, or ask for network: internet"
    }

    private func runs(_ wanted: Architecture) -> Bool {
        wanted == .noarch || ([architecture] + emulates).contains { Architecture($0) == wanted }
    }

    private var platforms: String { ([architecture] + emulates).joined(separator: ", ") }
}
