internal import FarmModel
internal import Glibc
public import HostSystem

/// A shell for a person in the sandbox of a plan, instead of its phases.
public struct SandboxShell {
    private let request: ExecutionRequest

    /// Bash where there is one.
    private static let command = ["/bin/sh", "-c", "if command -v bash >/dev/null; then exec bash -i; fi; exec sh -i"]

    /// A shell in the sandbox that a request describes; its first phase tells which network there is, and the variables.
    public init(_ request: ExecutionRequest) { self.request = request }

    /// Runs the shell until it ends, on a terminal of its own between which and the person's all is passed on.
    /// - Parameters:
    ///   - terminal: the person's, for reading and writing.
    ///   - type: its kind, `$TERM`.
    ///   - stop: ends the shell early.
    /// - Throws: `unavailable`, or `infrastructure` where the sandbox cannot be made.
    public func run(on terminal: Descriptor, type: String, stop: StopRequest) throws(ExecutionFailure) {
        let launcher = try SandboxLauncher(request)
        let pair: (outer: Descriptor, inner: Descriptor)
        do { pair = try Terminal.makePair() } catch { throw ExecutionFailure(.infrastructure, "\(error)") }
        let running = try launcher.start(phase(type), output: pair.inner, terminal: pair.inner)
        pair.inner.close()
        do {
            try Terminal.whileRaw(terminal) { () throws(SystemError) in
                try TerminalPump(person: terminal, shell: pair.outer, child: running.child, stop: stop.descriptor).run()
            }
            try running.endAll()
            if case .notStarted(let failure) = try running.ending(lastOutput: []), stop.reason == nil { throw failure }
        } catch {
            try running.endAll()
            throw error as? ExecutionFailure ?? ExecutionFailure(.infrastructure, "\(error)")
        }
    }

    private func phase(_ type: String) -> Phase {
        var shell = Phase(name: "shell", command: .arguments(Self.command))
        if let first = request.plan.phases.first {
            shell.workingDirectory = first.workingDirectory
            shell.variables = first.variables
            shell.network = first.network
        }
        shell.variables["TERM"] = type
        return shell
    }
}
