internal import EngineClient
internal import Execution
internal import FarmModel

/// What daemons, and the inits that they put into containers, say when a command cannot be run.
enum InitMessage {
    private static let codes = 126...127
    /// tini's and catatonit's words.
    private static let prefixes = ["[FATAL tini", "ERROR (catatonit"]
    private static let refusals = ["executable file not found", "no such file or directory", "permission denied", "exec format error"]

    /// The failure that an exit code of an init means; nil if it is the command's own.
    static func failure(of phase: Phase, code: Int, _ lastOutput: [UInt8]) -> ExecutionFailure? {
        guard code == 1 || codes.contains(code) else { return nil }
        let lines = String(decoding: lastOutput, as: UTF8.self).split(whereSeparator: \.isNewline)
        let own = lines.last(where: { line in prefixes.contains(where: line.hasPrefix) })
        guard let line = own ?? lines.last.flatMap({ isRefusal(of: phase, $0) ? $0 : nil }) else { return nil }
        let reason = line.split(separator: ":").last.map { $0.drop { $0 == " " } } ?? line
        return ExecutionFailure(.build, "phase \(phase.name): cannot execute \(program(of: phase)): \(reason)")
    }

    /// Whether a line is that of the shell which could not become the program.
    private static func isRefusal(of phase: Phase, _ line: Substring) -> Bool {
        guard case .arguments(let arguments) = phase.command, let program = arguments.first else { return false }
        return line.hasPrefix("sh: ") && line.contains("exec") && line.contains(program)
    }

    /// The failure that a daemon's refusal to start a container means.
    static func failure(of phase: Phase, refusal: any Error) -> ExecutionFailure {
        guard let error = refusal as? EngineError, error.status != nil else {
            return ExecutionFailure(refusal, "phase \(phase.name) was lost")
        }
        let text = error.reason.lowercased()
        let isInit = text.contains("docker-init") || text.contains("catatonit") || text.contains("init binary")
        if !isInit, refusals.contains(where: text.contains) || text.contains("chdir") {
            return ExecutionFailure(.build, "phase \(phase.name): cannot execute \(program(of: phase)): \(error.reason)")
        }
        let advice = isInit ? "; install tini (dockerd) or catatonit (podman) there" : ""
        return ExecutionFailure(.infrastructure, "phase \(phase.name) could not be started: \(error)\(advice)")
    }

    private static func program(of phase: Phase) -> String {
        switch phase.command {
        case .script: "/bin/sh"
        case .arguments(let arguments): arguments.first ?? ""
        }
    }
}
