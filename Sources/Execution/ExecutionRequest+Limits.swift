import FarmModel
import HostSystem

extension ExecutionRequest {
    /// What resource limits can do where a control group is missing: processes of the user, and data of each process instead of the memory
    /// of all. Never the address space, which programs reserve without using it.
    var fallbackLimits: [ResourceLimit] {
        var limits: [ResourceLimit] = []
        if controlGroups?.limitsProcesses != true, let most = plan.limits.processes {
            limits.append(ResourceLimit(.processes, UInt64(clamping: most)))
        }
        if controlGroups?.limitsMemory != true, let most = plan.limits.memoryBytes {
            limits.append(ResourceLimit(.data, UInt64(clamping: most)))
        }
        return limits
    }
}
