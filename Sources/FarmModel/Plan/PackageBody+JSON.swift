extension PackageBody {
    /// The package in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject = ["folder": .string(folder), "name": .string(name), "version": .string(version)]
        object.add("arch", architecture)
        object.add("origin", origin == name ? nil : origin)
        object.add("summary", summary.isEmpty ? nil : summary)
        object.add("url", url.isEmpty ? nil : url)
        object.add("commit", commit)
        object.add("build_time", buildTime)
        object.add("copyrights", copyrights.isEmpty ? nil : .array(copyrights.map { .object($0.json) }))
        object.add("dependencies", dependencies.json)
        object.add("provides", provides.json)
        object.add("replaces", replaces.json)
        object.add("provider_priority", providerPriority)
        object.add("replaces_priority", replacesPriority)
        object.add("scriptlets", Dictionary(uniqueKeysWithValues: scriptlets.map { ($0.key.rawValue, $0.value) }).json)
        object.add("trigger_paths", triggerPaths.json)
        object.add("options", options.names.json)
        object.add("capabilities", capabilities.isEmpty ? nil : .array(capabilities.map { .object($0.json) }))
        object.add("disabled_linters", disabledLinters.json)
        object.add("answered_linters", answeredLinters.json)
        return object
    }

    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        guard let time = try reader.optionalInt("build_time") else { throw reader.malformed("build_time") }
        let name = try reader.string("name")
        self.init(
            folder: try reader.string("folder"), name: name, version: try reader.string("version"), architecture: try reader.string("arch"),
            origin: try reader.optionalString("origin") ?? name, buildTime: time)
        summary = try reader.optionalString("summary") ?? ""
        url = try reader.optionalString("url") ?? ""
        commit = try reader.optionalString("commit")
        copyrights = try reader.list("copyrights", Copyright.init)
        dependencies = try reader.list("dependencies")
        provides = try reader.list("provides")
        replaces = try reader.list("replaces")
        providerPriority = try reader.optionalInt("provider_priority")
        replacesPriority = try reader.optionalInt("replaces_priority")
        for (key, text) in try reader.strings("scriptlets") {
            guard let scriptlet = Scriptlet(rawValue: key) else { throw reader.malformed("scriptlets") }
            scriptlets[scriptlet] = text
        }
        triggerPaths = try reader.list("trigger_paths")
        options = Options(names: try reader.list("options"))
        capabilities = try reader.list("capabilities", FileCapabilities.init)
        disabledLinters = try reader.list("disabled_linters")
        answeredLinters = try reader.list("answered_linters")
    }
}

extension PackageBody.Options {
    /// The options that are set, by their public names.
    fileprivate var names: [String] {
        [
            hasNoProvides ? "no-provides" : nil, hasNoDependencies ? "no-depends" : nil, hasNoCommands ? "no-commands" : nil,
            hasNoLibraryVersions ? "no-versioned-shlib-deps" : nil,
        ].compactMap(\.self)
    }

    fileprivate init(names: [String]) {
        self.init()
        hasNoProvides = names.contains("no-provides")
        hasNoDependencies = names.contains("no-depends")
        hasNoCommands = names.contains("no-commands")
        hasNoLibraryVersions = names.contains("no-versioned-shlib-deps")
    }
}

extension PackageBody.Copyright {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["license": .string(license)]
        object.add("attestation", attestation)
        object.add("paths", paths.json)
        object.add("text", textPath)
        return object
    }

    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        self.init(
            license: try reader.string("license"), attestation: try reader.optionalString("attestation"), paths: try reader.list("paths"))
        textPath = try reader.optionalString("text")
    }
}
