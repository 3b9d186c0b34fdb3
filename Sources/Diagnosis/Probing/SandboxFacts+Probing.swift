import Execution

extension SandboxFacts {
    /// Makes a sandbox and a user namespace.
    static func probe() -> SandboxFacts {
        SandboxFacts(
            version: SandboxCheck.version, problem: SandboxCheck.problem, settings: KernelSettings(),
            makesNamespaces: SandboxCheck.canMakeUserNamespace(), networkProblem: SandboxCheck.networkProblem)
    }
}
