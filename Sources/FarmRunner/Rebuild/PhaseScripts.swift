import FarmModel
import HostSystem

/// The phases of a plan as scripts, for a person who wants to run them one by one.
struct PhaseScripts {
    /// Names and contents, in order.
    let scripts: [(name: String, text: String)]

    init(_ plan: Plan) {
        scripts = plan.phases.enumerated().map { index, phase in
            let place = phase.workingDirectory.map { "cd /build && cd \(Self.quoted($0))\n" } ?? "cd /build\n"
            let variables = phase.variables.sorted { $0.key < $1.key }.map { "export \($0.key)=\(Self.quoted($0.value))\n" }.joined()
            let name = "\(index + 1)-" + String(phase.name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
            return (name, "#!/bin/sh -e\n\(place)\(variables)\(Self.text(phase.command))\n")
        }
    }

    /// Writes them into the folder `phases` of a home.
    func write(into home: String) throws(SystemError) {
        let folder = home + "/phases"
        try Files.makeFolder(folder, mode: 0o755)
        for script in scripts {
            try Files.open("\(folder)/\(script.name)", [.write, .create, .exclusive], mode: 0o755).writeAll(Array(script.text.utf8))
        }
    }

    private static func text(_ command: Phase.Command) -> String {
        switch command {
        case .script(let text): text
        case .arguments(let arguments): "exec " + arguments.map(quoted).joined(separator: " ")
        }
    }

    /// A word of a shell that means exactly this text.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
