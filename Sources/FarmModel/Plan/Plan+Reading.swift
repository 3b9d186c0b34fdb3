extension Plan {
    /// Reads what ``json`` wrote. Documents are checked by their recipes; this reads what bf itself stored.
    /// - Throws: `.badInput` naming the first member that is not as ``json`` writes it.
    public init(json: JSONObject) throws(FarmError) {
        let reader = PlanReader(object: json, place: "plan")
        guard let architecture = Architecture(try reader.string("arch")) else { throw reader.malformed("arch") }
        let surroundings = try reader.object("environment")
        self.init(environment: try Environment(surroundings), architecture: architecture, phases: try reader.list("phases", Phase.init))
        if json["dockerfile"] != nil { dockerfile = try DockerfileBody(reader.object("dockerfile")) }
        exports = try reader.list("exports", ImageExport.init)
        packages = try reader.list("packages", PackageBody.init)
        tests = try reader.list("tests", PackageTest.init)
        user = try reader.user()
        variables = try surroundings.strings("variables")
        sources = try reader.list("sources", Source.init)
        caches = try reader.list("caches", CacheMount.init)
        secrets = try reader.list("secrets", SecretUse.init)
        outputs = try reader.outputs("outputs")
        interface = try reader.list("interface")
        limits = try Limits(reader.object("limits"))
        sourceDateEpoch = try reader.optionalInt("source_date_epoch") ?? Self.defaultSourceDateEpoch
        isVolatile = try reader.flag("volatile")
    }
}

/// Typed access to one object of a plan's JSON.
struct PlanReader {
    let object: JSONObject
    let place: String

    func malformed(_ key: String) -> FarmError {
        FarmError(.badInput, "a stored plan is damaged: \(place).\(key) is missing or of the wrong kind")
    }

    func optional<Value>(_ key: String, _ convert: (JSONValue) -> Value?) throws(FarmError) -> Value? {
        guard let value = object[key] else { return nil }
        guard let result = convert(value) else { throw malformed(key) }
        return result
    }

    func optionalString(_ key: String) throws(FarmError) -> String? { try optional(key) { $0.string } }
    func optionalInt(_ key: String) throws(FarmError) -> Int64? { try optional(key) { $0.int } }
    /// What ``JSONObject/add(user:)`` wrote.
    func user() throws(FarmError) -> UInt32 {
        if try flag("as_root") { return 0 }
        guard let number = try optionalInt("user") else { return Plan.usualUser }
        guard let user = UInt32(exactly: number), user != .max else { throw malformed("user") }
        return user
    }

    func flag(_ key: String) throws(FarmError) -> Bool { try optional(key) { $0.bool } ?? false }

    func string(_ key: String) throws(FarmError) -> String {
        guard let value = try optionalString(key) else { throw malformed(key) }
        return value
    }

    func optionalDigest(_ key: String) throws(FarmError) -> Digest? { try optional(key) { $0.string.flatMap { Digest($0) } } }

    func choice<Choice: RawRepresentable<String>>(_ key: String, usual: Choice) throws(FarmError) -> Choice {
        try optional(key) { $0.string.flatMap(Choice.init(rawValue:)) } ?? usual
    }

    func object(_ key: String) throws(FarmError) -> PlanReader {
        PlanReader(object: try optional(key) { $0.object } ?? [:], place: "\(place).\(key)")
    }

    func list(_ key: String) throws(FarmError) -> [String] {
        try optional(key) { value in
            guard let array = value.array else { return nil }
            let strings = array.compactMap(\.string)
            return strings.count == array.count ? strings : nil
        } ?? []
    }

    func strings(_ key: String) throws(FarmError) -> [String: String] {
        var result: [String: String] = [:]
        for member in try object(key).object.members {
            guard let value = member.value.string else { throw malformed(key) }
            result[member.key] = value
        }
        return result
    }

    func list<Element>(_ key: String, _ convert: (PlanReader) throws(FarmError) -> Element) throws(FarmError) -> [Element] {
        var result: [Element] = []
        for value in try optional(key, { $0.array }) ?? [] {
            guard let object = value.object else { throw malformed(key) }
            result.append(try convert(PlanReader(object: object, place: "\(place).\(key)[\(result.count)]")))
        }
        return result
    }

    func outputs(_ key: String) throws(FarmError) -> [OutputPattern] {
        var result: [OutputPattern] = []
        for value in try optional(key, { $0.array }) ?? [] {
            guard let glob = value.string ?? value["glob"]?.string else { throw malformed(key) }
            result.append(OutputPattern(glob: glob, isRequired: value["required"]?.bool ?? true))
        }
        return result
    }

    /// A cap: absent is the usual one, 0 is none.
    func cap(_ key: String, usual: Int64?) throws(FarmError) -> Int64? {
        guard let value = try optionalInt(key) else { return usual }
        return value == 0 ? nil : value
    }
}

extension Environment {
    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        if let path = try reader.optionalString("root") {
            self = .root(path: path)
        } else if let reference = try reader.optionalString("image") {
            self = .image(reference)
        } else if reader.object["packages"] != nil {
            self = .packages(try PackageEnvironment(reader))
        } else {
            self = .host
        }
    }
}

extension Source {
    /// Reads what ``Plan/json`` has of a source.
    init(_ reader: PlanReader) throws(FarmError) {
        let origin: Origin
        if let path = try reader.optionalString("local") {
            origin = .local(
                LocalSource(
                    path: path, include: try reader.list("include"), exclude: try reader.list("exclude"),
                    ignoreFile: try reader.optionalString("ignore_file"), tree: try reader.optionalDigest("tree")))
        } else if let tree = try reader.optionalDigest("tree") {
            origin = .local(LocalSource(tree: tree))
        } else if reader.object["texts"] != nil {
            origin = .texts(try reader.strings("texts"))
        } else if let url = try reader.optionalString("url") {
            let strip = Int(try reader.optionalInt("strip") ?? 0)
            let checksum = try URLSource.Checksum(reader)
            origin = .url(URLSource(url: url, checksum: checksum, unpack: try reader.flag("unpack"), stripComponents: strip))
        } else {
            origin = .git(try GitSource(reader))
        }
        self.init(origin: origin, destination: try reader.optionalString("to"))
    }
}

extension URLSource.Checksum {
    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        if let digest = try reader.optionalDigest("sha256") {
            self = .sha256(digest)
        } else if let text = try reader.optionalString("sha512") {
            guard let bytes = Hexadecimal.bytes(of: text), bytes.count == Self.sha512Bytes else { throw reader.malformed("sha512") }
            self = .sha512(bytes)
        } else {
            guard try reader.flag("unchecked") else { throw reader.malformed("sha256") }
            self = .none
        }
    }
}

extension GitSource {
    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        self.init(
            repository: try reader.string("git"), reference: try reader.optionalString("ref"), commit: try reader.optionalString("commit"),
            subfolder: try reader.optionalString("subfolder"), submodules: try reader.flag("submodules"))
        keepsRepository = try reader.flag("repository")
        picks = try reader.list("picks")
    }
}

extension Phase {
    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        let command: Command =
            if let script = try reader.optionalString("run") { .script(script) } else { .arguments(try reader.list("argv")) }
        self.init(name: try reader.string("name"), command: command)
        workingDirectory = try reader.optionalString("workdir")
        variables = try reader.strings("variables")
        network = try reader.choice("network", usual: .none)
        timeoutMilliseconds = try reader.optionalInt("timeout_ms")
        condition = try reader.choice("when", usual: .success)
        isOptional = try reader.flag("optional")
    }
}

extension SecretUse {
    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        self.init(name: try reader.string("name"), variable: try reader.optionalString("variable"), phases: try reader.list("phases"))
    }
}

extension CacheMount {
    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        self.init(id: try reader.string("id"), path: try reader.string("path"), sharing: try reader.choice("sharing", usual: .shared))
    }
}

extension Limits {
    fileprivate init(_ reader: PlanReader) throws(FarmError) {
        self.init()
        wallMilliseconds = try reader.cap("time_ms", usual: wallMilliseconds)
        silenceMilliseconds = try reader.cap("silence_ms", usual: silenceMilliseconds)
        cpus = try reader.optional("cpus") { value in if case .double(let cpus) = value { cpus } else { value.int.map(Double.init) } }
        memoryBytes = try reader.cap("memory_bytes", usual: memoryBytes)
        processes = try reader.cap("processes", usual: processes)
        logBytes = try reader.cap("log_bytes", usual: logBytes)
        outputBytes = try reader.cap("output_bytes", usual: outputBytes)
    }
}
