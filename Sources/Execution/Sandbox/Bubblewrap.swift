internal import FarmModel
internal import HostSystem

/// The program bubblewrap.
enum Bubblewrap {
    /// Where it is.
    static func program() throws(SystemError) -> String {
        try ExecutableSearch.path(of: "bwrap", environment: ["PATH=" + (Environment.value("PATH") ?? PhaseVariables.searchPath)])
    }

    /// What bubblewrap says of its own failure, as the last line that was printed.
    static func failure(in phase: Phase, lastOutput: [UInt8]) -> ExecutionFailure {
        let prefix = "bwrap: "
        let lines = String(decoding: lastOutput, as: UTF8.self).split(separator: "\n")
        guard let line = lines.last(where: { $0.hasPrefix(prefix) }) else {
            return ExecutionFailure(.infrastructure, "the sandbox of phase \(phase.name) ended without a word, or was killed from outside")
        }
        let message = line.dropFirst(prefix.utf8.count)
        // These two are for the document to get right; all else that stops bubblewrap is the machine's.
        if message.hasPrefix("execvp ") { return ExecutionFailure(.build, "phase \(phase.name): cannot execute \(message.dropFirst(7))") }
        if message.hasPrefix("Can't chdir to ") {
            return ExecutionFailure(.build, "phase \(phase.name): cannot start in \(message.dropFirst(15))")
        }
        return ExecutionFailure(.infrastructure, "the sandbox of phase \(phase.name) could not be set up: \(message)")
    }
}
