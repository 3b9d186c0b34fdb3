public import Documents
public import FarmModel

extension Configuration {
    /// What holds for documents that do not say it themselves.
    /// - Parameter architecture: The architecture by the command line.
    public func documentDefaults(architecture: Architecture? = nil) -> DocumentDefaults {
        DocumentDefaults(
            architecture: architecture ?? text(.submitArch).flatMap { Architecture($0) } ?? .native, limits: limits, retry: retry)
    }

    private var limits: Limits {
        var limits = Limits()
        take(.limitsTime, into: &limits.wallMilliseconds)
        take(.limitsSilence, into: &limits.silenceMilliseconds)
        take(.limitsMemory, into: &limits.memoryBytes)
        take(.limitsProcesses, into: &limits.processes)
        take(.limitsLog, into: &limits.logBytes)
        take(.limitsOutput, into: &limits.outputBytes)
        if case .number(let cores) = self[.limitsCPUs]?.value { limits.cpus = cores }
        return limits
    }

    private var retry: RetryPolicy {
        var policy = RetryPolicy()
        take(.retryAttempts, into: &policy.attempts)
        if self[.retryOn] != nil { policy.classes = Set(list(.retryOn).compactMap { FailureClass(rawValue: $0) }) }
        return policy
    }
}
