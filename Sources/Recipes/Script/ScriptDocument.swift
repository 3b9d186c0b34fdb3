import Documents
import FarmModel

/// One document of the native recipe, read and checked: the head of a job and its plan.
struct ScriptDocument {
    var identity: JobIdentity
    var version: String?
    var needs: [Need] = []
    var labels: [String] = []
    var priority = 0
    var retry: RetryPolicy
    /// The plan as written: what the matrix adds and what is relative to `base` comes with ``ScriptRecipe/plan(_:resolved:)``.
    var plan: Plan
    var base: String?
    var origin: DocumentOrigin?
    /// What held where the document was read.
    private let defaults: DocumentDefaults

    init(identity: JobIdentity, defaults: DocumentDefaults) {
        self.identity = identity
        self.defaults = defaults
        retry = defaults.retry
        plan = Plan(architecture: identity.architecture, phases: [])
    }

    /// The document as a self-contained `spec` record: keys in a fixed order, what is built in left out.
    ///
    /// Where another default is configured, what is built in is written too: whoever reads the record may have that default as well.
    var record: JSONObject {
        var record: JSONObject = ["kind": "spec", "name": .string(identity.name)]
        record.add("version", version)
        record.add("arch", identity.architecture.name)
        record.add("cell", cell)
        record.add("needs", needs.isEmpty ? nil : .array(needs.map(\.json)))
        record.add("labels", labels.isEmpty ? nil : .array(labels.map(JSONValue.string)))
        record.add("priority", priority == 0 ? nil : Int64(priority))
        record.add("retry", retry == RetryPolicy() && defaults.retry == retry ? nil : retry.json)
        for member in plan.body(usual: defaults.limits).members { record.add(member.key, member.value) }
        record.add("base", base)
        record.add("origin", origin?.json)
        return record
    }

    private var cell: JSONValue? {
        guard !identity.cell.isEmpty else { return nil }
        let members = identity.cell.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
        return .object(JSONObject(uniqueMembers: members))
    }

    /// What the rest of the farm sees of the document.
    var spec: JobSpec {
        JobSpec(
            identity: identity, version: version, needs: needs, labels: labels, priority: priority, retry: retry,
            recipe: ScriptRecipe.name, document: record, base: base, origin: origin)
    }
}

extension Need {
    fileprivate var json: JSONValue {
        guard architecture != nil || origin != .build || isOptional else { return .string(name) }
        var object: JSONObject = ["name": .string(name)]
        object.add("from", origin == .build ? nil : origin.rawValue)
        object.add("arch", architecture?.name)
        object.addIfTrue("optional", isOptional)
        return .object(object)
    }
}

extension RetryPolicy {
    fileprivate var json: JSONValue {
        let names = classes.map(\.rawValue).sorted()
        return .object(["attempts": .int(Int64(attempts)), "on": .array(names.map(JSONValue.string))])
    }
}

extension DocumentOrigin {
    /// As it stands in a `spec` record.
    var json: JSONValue { .object(["file": .string(file), "line": .int(Int64(line))]) }
}
