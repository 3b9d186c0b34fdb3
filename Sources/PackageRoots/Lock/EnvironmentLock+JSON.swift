public import FarmModel
internal import PackageFiles

extension EnvironmentLock: JSONCoded {
    /// Raised when roots of the same packages come out differently than before.
    private static let format: Int64 = 1

    /// `{format, architecture, packages: [{name, version, architecture, checksum, repository}], keys: [{name, digest, address}], world,
    /// repositories: [{address, tag}], users, groups}`
    public var json: JSONObject {
        [
            "format": .int(Self.format), "architecture": .string(architecture.name), "packages": .array(packages.map { .object($0.json) }),
            "keys": .array(keys.map { .object($0.json) }), "world": .array(world.map { .string($0) }),
            "repositories": .array(repositories.map { .object($0.json) }), "users": .array(users.map { .object($0.json) }),
            "groups": .array(groups.map { .object($0.json) }),
        ]
    }

    /// Reads a lock.
    /// - Throws: `badInput` for anything that ``json`` does not give.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a lock of packages")
        guard try fields.integer("format") == Self.format else {
            throw FarmError(.badInput, "a lock of packages: its format is not \(Self.format); resolve the environment anew")
        }
        architecture = try fields.required("architecture") { $0.string.flatMap { Architecture($0) } }
        packages = try fields.objects("packages") { object throws(FarmError) in try Package(json: object) }
        keys = try fields.objects("keys") { object throws(FarmError) in try Key(json: object) }
        world = try fields.texts("world")
        repositories = try fields.objects("repositories") { object throws(FarmError) in
            try PackageEnvironment.Repository(json: object)
        }
        users = try fields.objects("users") { object throws(FarmError) in try PackageEnvironment.Account(json: object) }
        groups = try fields.objects("groups") { object throws(FarmError) in try PackageEnvironment.Account(json: object) }
    }
}

extension EnvironmentLock.Package {
    fileprivate var json: JSONObject {
        [
            "name": .string(name), "version": .string(version), "architecture": .string(architecture),
            "checksum": .string(ControlChecksum.text(of: checksum)), "repository": .string(repository),
        ]
    }

    fileprivate init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a package of a lock")
        self.init(
            name: try fields.text("name"), version: try fields.text("version"), architecture: try fields.text("architecture"),
            checksum: try ControlChecksum.bytes(of: try fields.text("checksum")), repository: try fields.text("repository"))
        try checkNames()
    }

    /// Names become parts of paths and lines of files.
    /// - Throws: `badInput` for anything but what package names and versions are made of.
    func checkNames() throws(FarmError) {
        for text in [name, version, architecture] {
            let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
            guard isPlain, !text.isEmpty, text.utf8.count <= 200, text.utf8.first != UInt8(ascii: ".") else {
                throw FarmError(.badInput, "\(JSONValue.string(String(text.prefix(100))).text) is no name or version of a package")
            }
        }
    }
}

extension EnvironmentLock.Key {
    fileprivate var json: JSONObject {
        ["name": .string(name), "digest": .string(digest.description), "address": .string(address)]
    }

    fileprivate init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a key of a lock")
        guard let digest = try fields.digestIfAny("digest") else { throw fields.fault("digest") }
        self.init(name: try fields.text("name"), digest: digest, address: try fields.text("address"))
    }
}

extension JSONFields {
    /// Objects, each read by a rule; none where the member is missing.
    fileprivate func objects<Value>(
        _ key: String, _ read: (JSONObject) throws(FarmError) -> Value
    ) throws(FarmError) -> [Value] {
        var values: [Value] = []
        for element in try optional(key, \.array) ?? [] {
            guard let object = element.object else { throw fault(key) }
            values.append(try read(object))
        }
        return values
    }
}
