internal import Documents
public import FarmModel

/// `POST /api/v1/builds` and `POST /api/v1/queue` of go-dsynth: packages by name, to be built with all that they need.
public struct DsynthBuildRequest: Sendable, Equatable {
    /// The names, each once, in the order of the request.
    public var packages: [String]
    /// The profile; nil is the selected one.
    public var profile: String?
    /// Whether what is unchanged is built, too.
    public var isForced: Bool

    /// How many packages one request may name.
    public static let packageLimit = 10_000

    /// Reads a body.
    /// - Throws: `DsynthError` with code `INVALID_REQUEST`.
    public init(body: [UInt8]) throws(DsynthError) {
        let read = try DsynthError.reading { () throws(RequestObject.Fault) in
            let object = try RequestObject(body: body)
            return (try object.strings("packages") ?? [], try object.string("profile"), try object.flag("force"))
        }
        var seen: Set<String> = []
        packages = read.0.filter { seen.insert($0).inserted }
        profile = read.1.flatMap { $0.isEmpty ? nil : $0 }
        isForced = read.2
        guard !packages.isEmpty else { throw DsynthError(.invalidRequest, "At least one package required") }
        guard packages.count <= Self.packageLimit else {
            throw DsynthError(.invalidRequest, "At most \(Self.packageLimit) packages in one request")
        }
        for name in packages where !TextRule.name.allows(name) {
            throw DsynthError(.invalidRequest, "Failed to parse packages: \(JSONValue.string(name).text) is not the name of a package")
        }
        if let profile, !TextRule.identifier.allows(profile) {
            throw DsynthError(.invalidRequest, "profile: expected \(TextRule.identifier.expectation)")
        }
    }

    /// Reads what ``stored`` wrote.
    public init(stored: JSONObject) {
        packages = stored["packages"]?.array?.compactMap(\.string) ?? []
        profile = stored["profile"]?.string
        isForced = stored["force"]?.bool ?? false
    }

    /// What the farm keeps of the request because answers repeat it.
    public var stored: JSONObject {
        var object: JSONObject = ["packages": .array(packages.map(JSONValue.string))]
        object.add("profile", profile)
        object.addIfTrue("force", isForced)
        return object
    }
}

extension TextRule {
    /// Whether a text is within the limit and obeys the rule.
    func allows(_ text: String) -> Bool { text.utf8.count <= limit && accepts(text) }
}
