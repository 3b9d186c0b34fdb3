import Execution
import FarmModel
import FarmStore
import HostSystem

/// What all attempts of a runner have in common, written down once with the runner.
enum RunnerMachine {
    /// The `machine` of an attempt's record.
    static func record(_ isolation: Isolation, _ directory: StateDirectory) -> JSONObject {
        let system = Host.systemName
        var machine: JSONObject = ["system": .string(system.system), "kernel": .string(system.release), "arch": .string(system.machine)]
        machine.add("processors", Int64(Host.processorCount))
        machine.add("memory_bytes", Host.memorySize)
        machine.add("bf", Release.version)
        if isolation == .sandbox { machine.add("bubblewrap", SandboxCheck.version) }
        machine.add("variables", .object(variables(isolation, directory)))
        return machine
    }

    private static func variables(_ isolation: Isolation, _ directory: StateDirectory) -> JSONObject {
        let usual = UsualVariables.of(isolation, in: Workspace(path: "\(directory.path)/work/\(CompleteAttempt.idPlaceholder)"))
        return JSONObject(variables: usual)
    }
}
