import FarmModel

extension Plan {
    /// What a plan adds to the environment that all attempts of its runner have: `variables`, `phase_variables` and the names of `secrets`.
    var environmentFacts: JSONObject {
        var facts = JSONObject()
        var own = variables
        if sourceDateEpoch != Self.defaultSourceDateEpoch { own["SOURCE_DATE_EPOCH"] = own["SOURCE_DATE_EPOCH"] ?? "\(sourceDateEpoch)" }
        if !own.isEmpty { facts.add("variables", .object(JSONObject(variables: own))) }
        let phases = phases.filter { !$0.variables.isEmpty }
        if !phases.isEmpty {
            let members = phases.map { JSONObject.Member(key: $0.name, value: .object(JSONObject(variables: $0.variables))) }
            facts.add("phase_variables", .object(JSONObject(uniqueMembers: members)))
        }
        if !secrets.isEmpty { facts.add("secrets", .array(secrets.map { .string($0.name) })) }
        return facts
    }
}

extension JSONObject {
    /// Names and values, sorted by name.
    init(variables: [String: String]) {
        self.init(uniqueMembers: variables.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: .string($0.value)) })
    }
}
