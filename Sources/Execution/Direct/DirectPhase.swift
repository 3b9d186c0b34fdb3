internal import FarmModel
internal import HostSystem

/// A phase that runs without isolation.
final class DirectPhase: RunningPhase {
    let child: ChildProcess
    var process: ProcessIdentity? { ProcessIdentity(of: child.identifier) }
    var handle: Descriptor { child.handle }
    private let phase: Phase
    private let groups: ControlGroupSlot?

    init(_ phase: Phase, child: ChildProcess, groups: ControlGroupSlot?) {
        self.phase = phase
        self.child = child
        self.groups = groups
    }

    func terminate() {
        try? child.signalGroup(.terminate)
        for process in groups?.processes() ?? [] { _ = try? ProcessIdentity(of: process)?.kill(.terminate) }
    }

    func endAll() throws(ExecutionFailure) {
        guard let groups else {
            // Without a control group the session is all that tells which processes belong to the phase.
            try? child.killSession()
            return
        }
        guard groups.endAll() else {
            throw ExecutionFailure(.infrastructure, "processes of phase \(phase.name) cannot be killed; look for processes in state D")
        }
    }

    func ending(lastOutput: [UInt8]) throws(SystemError) -> PhaseEnding {
        switch try child.wait().ending {
        case .exited(let code): .exited(Int(code))
        case .signalled(let signal): .signalled(signal)
        }
    }
}
