/// An input of a job that differs from that of its package's last good build.
public struct InputChange: Sendable, Equatable {
    /// What it is: `plan`, `recipe`, `environment`, `source N` or `need NAME`.
    public var name: String
    /// What it was; nil if there was none.
    public var old: String?
    /// What it is; nil if there is none any more, or it is not known yet.
    public var new: String?
    /// More about it, for instance which keys of the document differ.
    public var detail: String?

    /// Creates a change.
    public init(_ name: String, old: String?, new: String?, detail: String? = nil) {
        self.name = name
        self.old = old
        self.new = new
        self.detail = detail
    }

    /// The `input` record.
    public func json(of job: JobID, against last: JobID?) -> JSONObject {
        var object: JSONObject = ["kind": "input", "job": .string(job.description)]
        object.add("against", last?.description)
        object.add("name", name)
        object.add("old", old)
        object.add("new", new)
        object.add("detail", detail)
        return object
    }
}

/// What went, or will go, into a job, as far as it is known.
public struct KnownInputs: Sendable, Equatable {
    /// The record of ``InputParts/json(needs:)``; parts that are not known yet are missing.
    public var parts: JSONObject
    /// The normalised document.
    public var document: JSONObject

    /// Pairs them.
    public init(parts: JSONObject, document: JSONObject) {
        self.parts = parts
        self.document = document
    }

    /// What differs from an earlier state; what is not known on this side does not count.
    public func changes(since old: KnownInputs) -> [InputChange] {
        var changes: [InputChange] = []
        func compare(_ name: String, _ before: String?, _ after: String?, detail: String? = nil) {
            if before != after { changes.append(InputChange(name, old: before, new: after, detail: detail)) }
        }
        compare("plan", old.parts["plan"]?.string, parts["plan"]?.string, detail: changedKeys(since: old))
        compare("recipe", old.recipe, recipe ?? old.recipe)
        if let environment = parts["environment"]?.string { compare("environment", old.parts["environment"]?.string, environment) }
        if let sources = parts["sources"]?.array?.compactMap(\.string) {
            let before = old.parts["sources"]?.array?.compactMap(\.string) ?? []
            for index in 0..<max(sources.count, before.count) {
                compare("source \(index + 1)", before.element(at: index), sources.element(at: index))
            }
        }
        let (before, after) = (old.needs, needs)
        for name in Set(before.keys).union(after.keys).sorted() { compare("need \(name)", before[name], after[name]) }
        return changes
    }

    private var recipe: String? {
        guard let name = parts["recipe"]?.string, let revision = parts["revision"]?.int else { return nil }
        return "\(name) \(revision)"
    }

    private var needs: [String: String] {
        let pairs = (parts["needs"] ?? parts["closures"])?.array ?? []
        return Dictionary(
            pairs.compactMap { pair in
                guard let parts = pair.array, parts.count == 2, let name = parts[0].string, let digest = parts[1].string else { return nil }
                return (name, digest)
            }
        ) { first, _ in first }
    }

    /// The keys of the document that differ, without those that say nothing of the work.
    private func changedKeys(since old: KnownInputs) -> String? {
        let silent: Set<String> = ["kind", "base", "origin", "limits", "retry", "priority", "labels", "caches"]
        let changed = DocumentComparison(old.document, document, without: silent).changes.map(\.path).sorted()
        return changed.isEmpty ? nil : "changed in the document: " + changed.joined(separator: ", ")
    }
}

extension [String] {
    fileprivate func element(at index: Int) -> String? { indices.contains(index) ? self[index] : nil }
}
