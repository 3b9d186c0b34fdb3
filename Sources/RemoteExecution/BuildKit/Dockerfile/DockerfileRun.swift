internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// Starts the one phase of a plan that has a Dockerfile.
struct DockerfileRun: PhaseLauncher {
    let request: ExecutionRequest
    let body: DockerfileBody
    let daemon: BuildKitDaemon
    /// Who the farm is to registries.
    let farm: RegistryLogins

    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase {
        let work = try DockerfileWork(request, body, daemon, farm)
        do { return try DockerfilePhase(work, pipe: LogPipe(output)) } catch {
            throw ExecutionFailure(.infrastructure, "phase \(phase.name) could not be started: \(error)")
        }
    }
}
