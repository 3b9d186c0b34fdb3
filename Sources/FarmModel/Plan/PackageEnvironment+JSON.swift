extension PackageEnvironment {
    /// The environment in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject = ["packages": .array(packages.map(JSONValue.string))]
        object.add("repositories", repositories.isEmpty ? nil : .array(repositories.map { .object($0.json) }))
        object.add("keys", keys.json)
        object.add("users", users.isEmpty ? nil : .array(users.map { .object($0.json) }))
        object.add("groups", groups.isEmpty ? nil : .array(groups.map { .object($0.json) }))
        return object
    }

    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        self.init(
            repositories: try reader.list("repositories") { inner throws(FarmError) in try Repository(json: inner.object) },
            keys: try reader.list("keys"), packages: try reader.list("packages"))
        users = try reader.list("users") { inner throws(FarmError) in try Account(json: inner.object) }
        groups = try reader.list("groups") { inner throws(FarmError) in try Account(json: inner.object) }
    }
}

extension PackageEnvironment.Repository: JSONCoded {
    /// `{address, tag}`
    public var json: JSONObject {
        var object: JSONObject = ["address": .string(address)]
        object.add("tag", tag)
        return object
    }

    /// Reads ``json``.
    /// - Throws: `badInput` for anything that it does not give.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a repository of packages")
        self.init(address: try fields.text("address"), tag: try fields.textIfAny("tag"))
    }
}

extension PackageEnvironment.Account: JSONCoded {
    /// `{name, number, group, members, shell, home}`
    public var json: JSONObject {
        var object: JSONObject = ["name": .string(name), "number": .int(number)]
        object.add("group", group)
        object.add("members", members.json)
        object.add("shell", shell)
        object.add("home", home)
        return object
    }

    /// Reads ``json``.
    /// - Throws: `badInput` for anything that it does not give.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an account")
        self.init(
            name: try fields.text("name"), number: try fields.integer("number"), group: try fields.integerIfAny("group"),
            members: try fields.texts("members"), shell: try fields.textIfAny("shell"), home: try fields.textIfAny("home"))
    }
}
