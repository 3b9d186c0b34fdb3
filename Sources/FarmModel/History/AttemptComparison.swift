/// Finds out in what two attempts differ: first how they ended, then what went in, then what surrounded them and what they took.
public struct AttemptComparison {
    /// The differences.
    public private(set) var differences: [AttemptDifference] = []

    /// Compares two attempts, usually a good one with a later one that failed.
    public init(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        compareOutcomes(old, new)
        compareInputs(old, new)
        compareSurroundings(old, new)
        comparePhases(old, new)
        compareUsage(old, new)
        compare(.output, "digest", old.output.map { .string($0.digest.description) }, new.output.map { .string($0.digest.description) })
    }

    private mutating func compare(_ subject: AttemptDifference.Subject, _ name: String, _ old: JSONValue?, _ new: JSONValue?) {
        if old != new { differences.append(AttemptDifference(subject, name, old: old, new: new)) }
    }

    private mutating func compareOutcomes(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        for key in ["state", "class", "message", "exit_code", "signal"] {
            compare(.outcome, key, old.attempt.json[key], new.attempt.json[key])
        }
    }

    private mutating func compareInputs(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        // Where a document came from says nothing of what is built.
        for change in DocumentComparison(old.document, new.document, without: ["kind", "base", "origin", "sources"]).changes {
            differences.append(AttemptDifference(.document, change.path, old: change.old, new: change.new))
        }
        compareTexts(.need, texts(old.needs), texts(new.needs))
        compareSources(old, new)
        compare(.environment, "root", old.inputs?["environment"], new.inputs?["environment"])
        for key in ["recipe", "revision"] { compare(.recipe, key, old.inputs?[key], new.inputs?[key]) }
        // Alone it would say nothing that the document does not; but then it is bf that changed.
        if differences.allSatisfy({ $0.subject == .outcome }) { compare(.recipe, "plan", old.inputs?["plan"], new.inputs?["plan"]) }
    }

    private func texts(_ needs: [(name: String, tree: String)]) -> [String: String] {
        Dictionary(needs.map { ($0.name, $0.tree) }) { $1 }
    }

    private mutating func compareSources(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        for index in 0..<max(old.sources.count, new.sources.count) {
            let name = Self.sourceName(index, new.document) ?? Self.sourceName(index, old.document) ?? "\(index + 1)"
            compare(.source, name, old.sources.string(at: index), new.sources.string(at: index))
        }
    }

    /// How the document writes a source: its path or address.
    private static func sourceName(_ index: Int, _ document: JSONObject) -> String? {
        guard let sources = document["sources"]?.array, sources.indices.contains(index) else { return nil }
        let source = sources[index]
        return source.string ?? ["path", "url", "git"].lazy.compactMap { source[$0]?.string }.first
    }

    private mutating func compareSurroundings(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        compareTexts(.variable, Self.stable(old), Self.stable(new))
        compareTexts(.secret, Dictionary(old.secrets.map { ($0, $0) }) { $1 }, Dictionary(new.secrets.map { ($0, $0) }) { $1 })
        compare(.machine, "host", old.host.map(JSONValue.string), new.host.map(JSONValue.string))
        compare(.machine, "isolation", .string(old.attempt.isolation), .string(new.attempt.isolation))
        compareMembers(.machine, old.machine, new.machine, ignoring: ["variables"])
    }

    /// The variables, with folders of the attempt written alike; those of single phases with the phase before their names.
    private static func stable(_ attempt: CompleteAttempt) -> [String: String] {
        let id = attempt.attempt.id.description
        var variables = attempt.variables.mapValues { $0.replacing("/\(id)/", with: "/\(CompleteAttempt.idPlaceholder)/") }
        for (phase, own) in attempt.phaseVariables {
            for (name, value) in own { variables["\(phase): \(name)"] = value }
        }
        return variables
    }

    private mutating func comparePhases(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        let (before, after) = (Self.byName(old.phases), Self.byName(new.phases))
        let names = new.phases.compactMap { $0["name"]?.string }
        for name in names + before.keys.filter({ after[$0] == nil }).sorted() {
            compare(.phase, name, .string(Self.result(before[name])), .string(Self.result(after[name])))
            compareAmounts(.phase, "\(name): duration_ms", before[name]?["duration_ms"], after[name]?["duration_ms"], floor: 1000)
        }
    }

    private static func byName(_ phases: [JSONObject]) -> [String: JSONObject] {
        Dictionary(phases.compactMap { phase in phase["name"]?.string.map { ($0, phase) } }) { $1 }
    }

    /// How a phase ended, in a word.
    private static func result(_ phase: JSONObject?) -> String {
        guard let phase else { return "absent" }
        if phase["skipped"] != nil { return "skipped" }
        return phase["class"]?.string ?? "success"
    }

    private mutating func compareUsage(_ old: CompleteAttempt, _ new: CompleteAttempt) {
        compareAmounts(
            .usage, "duration_ms", old.attempt.durationMilliseconds.map(JSONValue.int), new.attempt.durationMilliseconds.map(JSONValue.int),
            floor: 1000)
        let (before, after) = (old.attempt.facts?["usage"], new.attempt.facts?["usage"])
        for key in ["peak_memory_bytes", "read_bytes", "written_bytes"] {
            compareAmounts(.usage, key, before?[key], after?[key], floor: 16 << 20)
        }
    }

    /// Amounts are never quite the same twice: only what differs by a quarter, and by more than the floor, is worth a line.
    private mutating func compareAmounts(
        _ subject: AttemptDifference.Subject, _ name: String, _ old: JSONValue?, _ new: JSONValue?, floor: Int64
    ) {
        guard let before = old?.int, let after = new?.int else { return }
        let change = abs(after - before)
        if change >= floor, change * 4 >= min(before, after) { compare(subject, name, old, new) }
    }

    private mutating func compareTexts(_ subject: AttemptDifference.Subject, _ old: [String: String], _ new: [String: String]) {
        for name in Set(old.keys).union(new.keys).sorted() {
            compare(subject, name, old[name].map(JSONValue.string), new[name].map(JSONValue.string))
        }
    }

    private mutating func compareMembers(
        _ subject: AttemptDifference.Subject, _ old: JSONObject, _ new: JSONObject, ignoring ignored: Set<String>
    ) {
        let names = new.members.map(\.key) + old.members.map(\.key).filter { new[$0] == nil }
        for name in names where !ignored.contains(name) { compare(subject, name, old[name], new[name]) }
    }
}

extension [String] {
    fileprivate func string(at index: Int) -> JSONValue? { indices.contains(index) ? .string(self[index]) : nil }
}
