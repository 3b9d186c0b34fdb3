internal import FarmModel
internal import Glibc
internal import HostSystem

/// A phase that runs in a sandbox.
final class SandboxPhase: RunningPhase {
    /// How long the kernel may take until a killed sandbox is gone, in milliseconds.
    private static let patience: Int64 = 10_000

    let child: ChildProcess
    var process: ProcessIdentity? { ProcessIdentity(of: child.identifier) }
    var handle: Descriptor { child.handle }
    private let phase: Phase
    private let groups: ControlGroupSlot?
    private var status: SandboxStatus
    private var network: SandboxNetwork?

    init(_ phase: Phase, child: ChildProcess, status: SandboxStatus, groups: ControlGroupSlot?) {
        self.phase = phase
        self.child = child
        self.status = status
        self.groups = groups
    }

    /// Waits for the sandbox's namespaces and gives them a network.
    func connect() throws(ExecutionFailure) {
        guard let first = status.waitForFirstProcess(until: Clock.boottimeMilliseconds + Self.patience) else { return }
        network = try SandboxNetwork(for: first)
    }

    /// All but bubblewrap's outer process get the signal: its end would be the immediate end of all. The inner one ignores it.
    func terminate() {
        let members = ProcessTree.descendants(of: child.identifier)
        for member in members { _ = try? member.kill(.terminate) }
    }

    func endAll() throws(ExecutionFailure) {
        defer { network?.end() }
        status.read()
        try? child.signal(.kill)
        let isEmpty = groups?.endAll(mayLeave: false) ?? true
        guard isEmpty, endFirstProcess() else {
            throw ExecutionFailure(.infrastructure, "processes of phase \(phase.name) cannot be killed; look for processes in state D")
        }
    }

    /// The kernel ends the first process of a pid namespace only after all others.
    private func endFirstProcess() -> Bool {
        guard let first = status.firstProcess else { return true }
        let deadline = Clock.boottimeMilliseconds + Self.patience
        while first.isAlive {
            _ = try? first.kill(.kill)
            if Clock.boottimeMilliseconds >= deadline { return false }
            usleep(100)
        }
        return true
    }

    func ending(lastOutput: [UInt8]) throws(SystemError) -> PhaseEnding {
        _ = try child.wait()
        status.read()
        guard let code = status.exitCode else { return .notStarted(Bubblewrap.failure(in: phase, lastOutput: lastOutput)) }
        // bubblewrap reports a signal as shells do.
        return (129...192).contains(code) ? .signalled(Signal(Int32(code - 128))) : .exited(code)
    }
}
