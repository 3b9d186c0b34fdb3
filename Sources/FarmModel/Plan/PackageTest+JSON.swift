extension PackageTest {
    /// The test in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject = ["name": .string(name), "environment": .object(environment.json)]
        object.add("variables", variables.json)
        object.add("sources", sources.isEmpty ? nil : .array(sources.map { .object($0.json) }))
        object.add("phases", phases.isEmpty ? nil : .array(phases.map { .object($0.json) }))
        object.add(user: user)
        return object
    }

    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        self.init(
            name: try reader.string("name"), environment: try PackageEnvironment(reader.object("environment")),
            variables: try reader.strings("variables"), phases: try reader.list("phases", Phase.init))
        sources = try reader.list("sources", Source.init)
        user = try reader.user()
    }
}
