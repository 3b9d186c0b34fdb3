/// Where two normalised documents differ, key by key.
struct DocumentComparison {
    /// A key, or a path of keys and names with dots between them, and what is there.
    struct Change {
        var path: String
        var old: JSONValue?
        var new: JSONValue?
    }

    /// In the order of the new document; what only the old one has comes last.
    private(set) var changes: [Change] = []

    /// - Parameter ignored: Keys of the top level that do not count.
    init(_ old: JSONObject, _ new: JSONObject, without ignored: Set<String>) {
        for key in Self.keys(old, new) where !ignored.contains(key) { compare(key, old[key], new[key]) }
    }

    /// Compares objects key by key, and lists of what has names name by name, so that one changed command is one line.
    private mutating func compare(_ path: String, _ old: JSONValue?, _ new: JSONValue?) {
        guard old != new else { return }
        guard let before = old.flatMap(Self.named), let after = new.flatMap(Self.named) else {
            return changes.append(Change(path: path, old: old, new: new))
        }
        for key in Self.keys(before, after) { compare("\(path).\(key)", before[key], after[key]) }
    }

    private static func keys(_ old: JSONObject, _ new: JSONObject) -> [String] {
        new.members.map(\.key) + old.members.map(\.key).filter { new[$0] == nil }
    }

    /// An object, or a list of objects with different names by these; nil for anything else.
    private static func named(_ value: JSONValue) -> JSONObject? {
        if let object = value.object { return object }
        guard let list = value.array else { return nil }
        let members = list.compactMap { element in element["name"]?.string.map { JSONObject.Member(key: $0, value: element) } }
        return members.count == list.count && Set(members.map(\.key)).count == list.count ? JSONObject(uniqueMembers: members) : nil
    }
}
