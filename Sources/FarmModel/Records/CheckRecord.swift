/// What was found out about one thing that the farm needs, or could use.
public struct CheckRecord: Sendable, Equatable {
    /// What a finding means.
    public enum Verdict: String, Sendable, CaseIterable {
        /// As it should be.
        case ok
        /// The farm works, but less well or less safely than it could.
        case warning
        /// Something will not work, or is in danger.
        case problem
        /// Not there, and nobody may need it.
        case absent
    }

    /// What was looked at, for instance `sandbox`.
    public var name: String
    /// What it comes to.
    public var verdict: Verdict
    /// What was found, in a few words.
    public var found: String
    /// What to install or change; nil if nothing is to be done.
    public var remedy: String?

    /// Creates a record.
    public init(_ name: String, _ verdict: Verdict, _ found: String, remedy: String? = nil) {
        self.name = name
        self.verdict = verdict
        self.found = found
        self.remedy = remedy
    }

    /// The `check` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "check", "name": .string(name), "verdict": .string(verdict.rawValue), "found": .string(found)]
        object.add("remedy", remedy)
        return object
    }
}
