internal import FarmModel

/// The parameter `filters` of lists: a JSON object of arrays.
enum Filters {
    static func query(_ filters: [String: [String]]) -> [(name: String, value: String)] {
        guard !filters.isEmpty else { return [] }
        let members = filters.sorted { $0.key < $1.key }.map {
            JSONObject.Member(key: $0.key, value: .array($0.value.map(JSONValue.string)))
        }
        return [("filters", JSONValue.object(JSONObject(uniqueMembers: members)).text)]
    }
}

extension JSONValue {
    /// The labels of something in a list.
    var labels: [String: String] {
        Dictionary((self["Labels"]?.object?.members ?? []).compactMap { member in member.value.string.map { (member.key, $0) } }) { $1 }
    }
}
