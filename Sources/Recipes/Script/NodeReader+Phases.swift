import Documents
import FarmModel

extension NodeReader {
    /// `phases`, or the short form `run`: one phase named `build`.
    mutating func phases(_ fields: DocumentNode) -> [Phase] {
        exclude(fields, "phases", "run")
        if let script = fields["run"] {
            return self.script(script).map { [Phase(name: "build", command: .script($0))] } ?? []
        }
        let nodes = elements(fields, "phases", limit: DocumentLimits.phases)
        if nodes.isEmpty, isEmptyOrMissing(fields["phases"]) {
            fail(at: fields.position, "phases: a job needs at least one phase; write phases, run or dockerfile")
        }
        var phases: [Phase] = []
        var names: Set<String> = []
        for (index, node) in nodes.enumerated() {
            guard let phase = phase(node, number: index + 1) else { continue }
            if !names.insert(phase.name).inserted {
                fail(at: (node["name"] ?? node).position, "name: the phase \(phase.name.quoted) stands twice")
            }
            phases.append(phase)
        }
        return phases
    }

    private func isEmptyOrMissing(_ node: DocumentNode?) -> Bool {
        guard let node else { return true }
        if case .list(let elements) = node.value { return elements.isEmpty }
        return false
    }

    private mutating func phase(_ node: DocumentNode, number: Int) -> Phase? {
        let usualName = "phase-\(number)"
        if case .string = node.value { return script(node).map { Phase(name: usualName, command: .script($0)) } }
        guard let fields = fields(node, "phases", allowed: ScriptKeys.phase, expectation: "a script or a mapping with run or argv") else {
            return nil
        }
        let name = fields["name"].map { string($0, "name", rule: .identifier) ?? "" } ?? usualName
        let command = command(fields)
        var phase = Phase(name: name, command: command ?? .script(""))
        phase.workingDirectory = relativePath(fields, "workdir")
        phase.variables = variables(fields)
        phase.network = fields["network"].flatMap { choice($0, "network") } ?? .none
        phase.timeoutMilliseconds = milliseconds(fields, "timeout")
        phase.condition = fields["when"].flatMap { choice($0, "when") } ?? .success
        phase.isOptional = flag(fields, "optional")
        return command == nil || name.isEmpty ? nil : phase
    }

    private mutating func command(_ fields: DocumentNode) -> Phase.Command? {
        exclude(fields, "run", "argv")
        if let node = fields["run"] { return script(node).map { .script($0) } }
        if let node = fields["argv"] { return arguments(node).map { .arguments($0) } }
        fail(at: fields.position, "phases: a phase needs run or argv")
        return nil
    }

    private mutating func script(_ node: DocumentNode) -> String? {
        guard let text = string(node, "run", limit: DocumentLimits.scriptBytes) else { return nil }
        guard !text.allSatisfy(\.isWhitespace) else {
            fail(at: node.position, "run: the script is empty")
            return nil
        }
        return text
    }

    private mutating func arguments(_ node: DocumentNode) -> [String]? {
        guard case .list(let elements) = node.value, (1...DocumentLimits.elements).contains(elements.count) else {
            expected("a list of 1 to \(DocumentLimits.elements) strings", node, "argv")
            return nil
        }
        let arguments = elements.compactMap { scalar($0, "argv", limit: DocumentLimits.argumentBytes) }
        guard arguments.count == elements.count else { return nil }
        guard arguments.first != "" else {
            fail(at: elements[0].position, "argv: the program's name is empty")
            return nil
        }
        return arguments
    }
}
