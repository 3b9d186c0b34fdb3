package import FarmModel

/// The variables of a phase: defaults, varied if that was asked for, then those of plan, phase and secrets, then those that bf promises. None comes from the machine.
package enum PhaseVariables {
    /// The search path of a phase that sets none.
    static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Names and values, sorted by name.
    /// - Throws: `badInput` for a name or value that cannot be a variable.
    package static func make(
        _ phase: Phase, of request: ExecutionRequest, in places: PhasePlaces
    ) throws(ExecutionFailure) -> [(name: String, value: String)] {
        var variables = defaults(request.plan.sourceDateEpoch, places)
        if request.plan.runsAsRoot { for name in ["USER", "LOGNAME"] { variables[name] = "root" } }
        variables.merge(request.variation.variables) { $1 }
        variables.merge(request.plan.variables) { $1 }
        variables.merge(phase.variables) { $1 }
        for secret in request.secrets where secret.use.isVisible(in: phase) {
            guard let name = secret.use.variable else { continue }
            guard let text = String(validating: secret.value, as: UTF8.self) else {
                throw ExecutionFailure(.badInput, "secret \(secret.use.name) is not UTF-8 text, so it can only be used as a file")
            }
            variables[name] = text
        }
        variables.merge(promised(places)) { $1 }
        for (name, value) in variables where name.isEmpty || name.utf8.contains(UInt8(ascii: "=")) || (name + value).utf8.contains(0) {
            throw ExecutionFailure(
                .badInput, "phase \(phase.name): \"\(name)\" cannot be a variable; use letters, digits and _, no zero byte")
        }
        return variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Those of a phase whose plan says nothing.
    static func usual(_ sourceDateEpoch: Int64, _ places: PhasePlaces) -> [String: String] {
        defaults(sourceDateEpoch, places).merging(promised(places)) { $1 }
    }

    private static func defaults(_ sourceDateEpoch: Int64, _ places: PhasePlaces) -> [String: String] {
        [
            "PATH": searchPath, "HOME": places.home, "TMPDIR": places.temporary, "USER": "build", "LOGNAME": "build",
            "SHELL": "/bin/sh", "LANG": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": "\(sourceDateEpoch)",
        ]
    }

    private static func promised(_ places: PhasePlaces) -> [String: String] {
        ["BF_OUT": places.out, "BF_DEPS": places.dependencies, "BF_SECRETS": places.secrets]
    }
}

extension SecretUse {
    /// Whether a phase sees the secret.
    package func isVisible(in phase: Phase) -> Bool { phases.isEmpty || phases.contains(phase.name) }
}
