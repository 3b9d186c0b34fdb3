internal import Documents
public import FarmModel

/// What a build is submitted with if its request names a profile.
public struct DsynthProfile: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Added to the priority of each job.
    public var priority: Int
    /// Labels of the build.
    public var labels: [String]
    /// Whether what is unchanged is built, too.
    public var isForced: Bool

    /// A profile that changes nothing.
    public init(name: String) {
        self.name = name
        priority = 0
        labels = []
        isForced = false
    }

    /// Reads what ``settings`` wrote.
    public init(name: String, stored: JSONObject) {
        self.init(name: name)
        priority = stored["priority"]?.int.map(Int.init(clamping:)) ?? 0
        labels = stored["labels"]?.array?.compactMap(\.string) ?? []
        isForced = stored["force"]?.bool ?? false
    }

    /// What is stored, and shown.
    public var settings: JSONObject {
        ["priority": .int(Int64(priority)), "labels": .array(labels.map(JSONValue.string)), "force": .bool(isForced)]
    }

    /// The profile in answers.
    public var json: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        for member in settings.members { object.add(member.key, member.value) }
        return object
    }

    /// Reads the body of `POST /api/v1/config/profiles`.
    /// - Throws: `DsynthError` with code `INVALID_REQUEST`, or `FORBIDDEN` for what cannot be set over HTTP.
    public init(body: [UInt8]) throws(DsynthError) {
        let change = try DsynthConfigurationChange(body: body, allowed: ["name"] + DsynthConfigurationChange.profileKeys)
        guard let name = change.name, TextRule.identifier.allows(name) else {
            throw DsynthError(.invalidRequest, "name: expected \(TextRule.identifier.expectation)")
        }
        self.init(name: name)
        change.apply(to: &self)
    }

    /// What `GET /api/v1/config/profiles` answers.
    public static func list(_ profiles: [DsynthProfile], selected: String) -> JSONObject {
        ["profiles": .array(profiles.map { .object($0.json) }), "profile_selected": .string(selected)]
    }
}

/// `PUT /api/v1/config`: what may be changed over HTTP, and nothing else.
public struct DsynthConfigurationChange: Sendable, Equatable {
    /// The profile of builds that name none.
    public var selected: String?
    var name: String?
    private var priority: Int?
    private var labels: [String]?
    private var isForced: Bool?

    static let profileKeys = ["priority", "labels", "force"]
    /// The keys that a request may have.
    public static let keys = ["profile_selected"] + profileKeys

    /// Reads a body.
    /// - Throws: `DsynthError` with code `INVALID_REQUEST`, or `FORBIDDEN` for what cannot be set over HTTP.
    public init(body: [UInt8]) throws(DsynthError) { try self.init(body: body, allowed: Self.keys) }

    init(body: [UInt8], allowed: [String]) throws(DsynthError) {
        let object = try DsynthError.reading { () throws(RequestObject.Fault) in try RequestObject(body: body) }
        for member in object.object.members where !allowed.contains(member.key.lowercased()) {
            throw Self.refusal(of: member.key, allowed)
        }
        let lowered = object.object.members.map { JSONObject.Member(key: $0.key.lowercased(), value: $0.value) }
        guard Set(lowered.map(\.key)).count == lowered.count else { throw DsynthError(.invalidRequest, "a key stands twice") }
        let fields = RequestObject(JSONObject(uniqueMembers: lowered))
        self = try DsynthError.reading { () throws(RequestObject.Fault) in try Self(fields) }
        if let selected, !TextRule.identifier.allows(selected) {
            throw DsynthError(.invalidRequest, "profile_selected: expected \(TextRule.identifier.expectation)")
        }
        guard (-1000...1000).contains(priority ?? 0) else { throw DsynthError(.invalidRequest, "priority: expected -1000 to 1000") }
        for label in labels ?? [] where !TextRule.label.allows(label) {
            throw DsynthError(.invalidRequest, "labels: expected \(TextRule.label.expectation)")
        }
    }

    private init(_ fields: RequestObject) throws(RequestObject.Fault) {
        selected = try fields.string("profile_selected")
        name = try fields.string("name")
        priority = try fields.integer("priority").map(Int.init(clamping:))
        labels = try fields.strings("labels")
        isForced = fields.object["force"] == nil ? nil : try fields.flag("force")
    }

    /// Paths, commands and what else belongs to whoever administers the machine.
    private static func refusal(of key: String, _ allowed: [String]) -> DsynthError {
        let word = key.lowercased()
        let shown = JSONValue.string(String(key.prefix(80))).text
        let isPrivate = ["directory", "path", "command", "database", "tmpfs", "number_of", "max_jobs"].contains { word.contains($0) }
        if isPrivate {
            return DsynthError(.forbidden, "\(shown) cannot be changed over HTTP; it belongs to the machine's own configuration")
        }
        return DsynthError(.invalidRequest, "unknown key \(shown); these can be changed: \(allowed.joined(separator: ", "))")
    }

    /// Whether anything of the selected profile is changed.
    public var changesProfile: Bool { priority != nil || labels != nil || isForced != nil }

    /// Changes a profile.
    public func apply(to profile: inout DsynthProfile) {
        profile.priority = priority ?? profile.priority
        profile.labels = labels ?? profile.labels
        profile.isForced = isForced ?? profile.isForced
    }

    /// What `GET /api/v1/config` answers, and a change of it too.
    /// - Parameters:
    ///   - selected: The profile of builds that name none.
    ///   - workers: How many jobs run at once; cannot be changed here.
    public static func configuration(selected: DsynthProfile, profiles: [String], workers: Int) -> JSONObject {
        var object: JSONObject = ["profile_selected": .string(selected.name)]
        for member in selected.settings.members { object.add(member.key, member.value) }
        object.add("profiles", .array(profiles.map(JSONValue.string)))
        object.add("number_of_builders", Int64(workers))
        object.add("writable", .array(keys.map(JSONValue.string)))
        return object
    }
}
