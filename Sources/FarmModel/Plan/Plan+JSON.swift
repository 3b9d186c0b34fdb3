extension Plan {
    /// The plan as JSON in a fixed order of keys, what has its default value left out; ``init(json:)`` reads it.
    public var json: JSONObject {
        var object: JSONObject = ["arch": .string(architecture.name)]
        for member in body().members { object.add(member.key, member.value) }
        return object
    }

    /// ``json`` without the architecture: the part that a `spec` record and a plan have in common.
    /// - Parameter usual: The limits that readers may take for those that are left out, beside the built-in ones: what either of them
    ///   differs in is written.
    public func body(usual: Limits = Limits()) -> JSONObject {
        var object = content { $0.json }
        object.add("limits", limits.json(usual: usual).orNil)
        object.add("caches", caches.map(\.json).orNil)
        return object
    }

    /// Decides whether two jobs ask for the same work: limits and caches do not count, and local files count by their tree, not by path.
    public var digest: Digest {
        var object = content { $0.identifyingJSON }
        object.add("arch", architecture.name)
        return Digest.of(JSONValue.object(object).canonicalText.utf8)
    }

    private func content(_ encode: (Source) -> JSONObject) -> JSONObject {
        var object = JSONObject()
        var surroundings = environment.json
        surroundings.add("variables", variables.json)
        object.add("environment", surroundings.orNil)
        object.add("sources", sources.map(encode).orNil)
        object.add("phases", phases.map(\.json).orNil)
        object.add("dockerfile", dockerfile.map { .object($0.json) })
        object.add("exports", exports.map(\.json).orNil)
        object.add("packages", packages.map(\.json).orNil)
        object.add("tests", tests.map(\.json).orNil)
        object.add(user: user)
        object.add("outputs", outputs.isEmpty ? nil : .array(outputs.map(\.json)))
        object.add("interface", interface.json)
        object.add("secrets", secrets.map(\.json).orNil)
        object.add("source_date_epoch", sourceDateEpoch == Self.defaultSourceDateEpoch ? nil : sourceDateEpoch)
        object.addIfTrue("volatile", isVolatile)
        return object
    }
}

extension JSONObject {
    /// The user of phases: `as_root` for root, `user` for one who is not the usual one.
    mutating func add(user: UInt32) {
        addIfTrue("as_root", user == 0)
        add("user", user == 0 || user == Plan.usualUser ? nil : Int64(user))
    }
}

extension Environment {
    fileprivate var json: JSONObject {
        switch self {
        case .host: [:]
        case .root(let path): ["root": .string(path)]
        case .image(let reference): ["image": .string(reference)]
        case .packages(let environment): environment.json
        }
    }
}

extension Source {
    /// The source in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject
        switch origin {
        case .local(let local): object = local.json
        case .url(let url): object = url.json
        case .git(let git): object = git.json
        case .texts(let texts): object = ["texts": .object(JSONObject(texts: texts))]
        }
        object.add("to", destination)
        return object
    }

    /// Where a tree's files once stood does not matter for what the job does.
    fileprivate var identifyingJSON: JSONObject {
        guard case .local(let local) = origin, let tree = local.tree else { return json }
        var object: JSONObject = ["tree": .string(tree.description)]
        object.add("to", destination)
        return object
    }
}

extension LocalSource {
    fileprivate var json: JSONObject {
        var object = JSONObject()
        object.add("local", path.isEmpty ? nil : path)
        object.add("include", include.json)
        object.add("exclude", exclude.json)
        object.add("ignore_file", ignoreFile)
        object.add("tree", tree?.description)
        return object
    }
}

extension URLSource {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["url": .string(url)]
        switch checksum {
        case .sha256(let digest): object.add("sha256", digest.hex)
        case .sha512(let bytes): object.add("sha512", Hexadecimal.text(of: bytes))
        case .none: object.addIfTrue("unchecked", true)
        }
        object.addIfTrue("unpack", unpack)
        object.add("strip", stripComponents == 0 ? nil : Int64(stripComponents))
        return object
    }
}

extension GitSource {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["git": .string(repository)]
        object.add("ref", reference)
        object.add("commit", commit)
        object.add("subfolder", subfolder)
        object.addIfTrue("submodules", submodules)
        object.addIfTrue("repository", keepsRepository)
        object.add("picks", picks.json)
        return object
    }
}

extension Phase {
    /// The phase in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        switch command {
        case .script(let text): object.add("run", text)
        case .arguments(let arguments): object.add("argv", arguments.json)
        }
        object.add("workdir", workingDirectory)
        object.add("variables", variables.json)
        object.add("network", network == .none ? nil : network.rawValue)
        object.add("timeout_ms", timeoutMilliseconds)
        object.add("when", condition == .success ? nil : condition.rawValue)
        object.addIfTrue("optional", isOptional)
        return object
    }
}

extension OutputPattern {
    fileprivate var json: JSONValue {
        isRequired ? .string(glob) : .object(["glob": .string(glob), "required": false])
    }
}

extension SecretUse {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["name": .string(name)]
        object.add("variable", variable)
        object.add("phases", phases.json)
        return object
    }
}

extension CacheMount {
    fileprivate var json: JSONObject {
        var object: JSONObject = ["id": .string(id), "path": .string(path)]
        object.add("sharing", sharing == .shared ? nil : sharing.rawValue)
        return object
    }
}

extension Limits {
    /// What differs from the built-in limits, or where others are usual; 0 stands for no cap.
    fileprivate func json(usual: Limits) -> JSONObject {
        var object = JSONObject()
        func add(_ key: String, _ limit: KeyPath<Limits, Int64?>) {
            let builtIn = Limits()[keyPath: limit]
            let value = self[keyPath: limit]
            if value != builtIn || usual[keyPath: limit] != builtIn { object.add(key, value ?? 0) }
        }
        add("time_ms", \.wallMilliseconds)
        add("silence_ms", \.silenceMilliseconds)
        if cpus != nil || usual.cpus != nil { object.add("cpus", cpus.map(JSONValue.double) ?? .int(0)) }
        add("memory_bytes", \.memoryBytes)
        add("processes", \.processes)
        add("log_bytes", \.logBytes)
        add("output_bytes", \.outputBytes)
        return object
    }
}

extension JSONObject {
    fileprivate var orNil: JSONValue? { members.isEmpty ? nil : .object(self) }
}

extension [JSONObject] {
    fileprivate var orNil: JSONValue? { isEmpty ? nil : .array(map(JSONValue.object)) }
}
