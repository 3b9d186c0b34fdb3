internal import Execution
internal import FarmModel

/// The variables and secrets of a phase. Secrets are given to its container on standard input: so neither the daemon's disk nor what it tells of
/// containers has them.
struct PhaseSecrets: Sendable {
    /// What daemons and the gate's own shell add.
    private static let added = ["HOSTNAME", "OLDPWD", "SHLVL", "TERM", "container"]

    /// Variables that are no secrets.
    private(set) var plainVariables: [(name: String, value: String)] = []
    private var lines: [String] = []

    /// What makes a container's surroundings those of a sandbox, and then becomes the phase's own command: one stream of output, in order;
    /// no variables but the plan's; and the secrets, read as commands of one line each up to a dot. Everything in it is built into the
    /// shell.
    /// - Parameter readsInput: whether there is something to wait for, ``input`` at least.
    func gate(readsInput: Bool) -> [String] {
        let names = Set(plainVariables.map(\.name))
        var commands = ["exec 2>&1"]
        if readsInput { commands.append(#"while IFS= read -r line && [ "$line" != . ]; do eval "$line"; done"#) }
        commands.append("unset line " + Self.added.filter { !names.contains($0) }.joined(separator: " "))
        commands.append(#"exec "$@" </dev/null"#)
        return ["/bin/sh", "-c", commands.joined(separator: "; "), "sh"]
    }

    /// Sorts what a phase sees.
    /// - Throws: `badInput` for a name that cannot be a path or a variable.
    init(
        _ phase: Phase, of request: ExecutionRequest, searchPath: String?, folder: String = PhasePlaces.sandbox.secrets
    ) throws(ExecutionFailure) {
        let places = PhasePlaces.sandbox
        let visible = request.secrets.filter { $0.use.isVisible(in: phase) }
        let names = Set(visible.compactMap(\.use.variable))
        let given = Set(request.plan.variables.keys).union(phase.variables.keys)
        for (name, value) in try PhaseVariables.make(phase, of: request, in: places) {
            if names.contains(name) {
                lines.append(try Self.export(name, value, phase))
            } else if name == "PATH", let searchPath, !given.contains(name) {
                // Whoever chooses an image wants to find its programs.
                plainVariables.append((name, searchPath))
            } else {
                plainVariables.append((name, value))
            }
        }
        for secret in visible {
            guard secret.use.name.hasOnlyPathNames, !secret.use.name.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
                throw ExecutionFailure(.badInput, "the name of secret \"\(secret.use.name)\" cannot be a path")
            }
            lines += Self.file(secret, in: folder)
        }
    }

    /// Whether there are none.
    var isEmpty: Bool { lines.isEmpty }

    /// What the gate reads; without secrets that is only the sign to go on.
    var input: [UInt8] { Array((lines + [".", ""]).joined(separator: "\n").utf8) }

    private static func export(_ name: String, _ value: String, _ phase: Phase) throws(ExecutionFailure) -> String {
        let isName = name.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
            default: false
            }
        }
        guard isName else {
            throw ExecutionFailure(.badInput, "phase \(phase.name): a secret cannot be the variable \"\(name)\"; use letters, digits and _")
        }
        // The letter at the end keeps the shell from dropping line ends.
        return "\(name)=$(\(printing(Array(value.utf8))) x); \(name)=${\(name)%x}; export \(name)"
    }

    private static func file(_ secret: ExecutionRequest.Secret, in folder: String) -> [String] {
        let path = quoted("\(folder)/\(secret.use.name)")
        let outer = "\(folder)/\(secret.use.name)".split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let folders = outer == folder ? "" : "mkdir -p \(quoted(outer)); "
        return ["\(folders)(umask 0377; \(printing(secret.value)) >\(path))"]
    }

    /// A command that prints the bytes, and then its arguments.
    private static func printing(_ bytes: [UInt8]) -> String {
        let text = bytes.map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }.joined()
        return "printf '\(text)%s'"
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
