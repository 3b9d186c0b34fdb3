/// Where an artifact comes from, as an in-toto Statement v1 (https://in-toto.io/Statement/v1) with a predicate SLSA Provenance v1
/// (https://slsa.dev/provenance/v1).
public struct Provenance: Sendable {
    /// What was made.
    public struct Subject: Sendable, Equatable {
        /// Its name, or its path within the tree.
        public var name: String
        /// Its digest.
        public var digest: Digest

        /// Describes an artifact.
        public init(name: String, digest: Digest) {
            self.name = name
            self.digest = digest
        }
    }

    /// What was made: by default the tree and the named files of it.
    public var subjects: [Subject]
    /// The digest of the log, if it was computed.
    public var log: Digest?
    private let complete: CompleteAttempt

    /// Describes the results of a good attempt.
    public init(_ complete: CompleteAttempt) {
        self.complete = complete
        subjects = complete.output.map { [Subject(name: complete.job.identity.name, digest: $0.digest)] } ?? []
        for artifact in complete.artifacts {
            let subject = Subject(name: artifact.path ?? artifact.name, digest: artifact.digest)
            if !subjects.contains(where: { $0.digest == subject.digest }) { subjects.append(subject) }
        }
    }

    /// The statement.
    public var json: JSONObject {
        let predicate: JSONObject = ["buildDefinition": .object(definition), "runDetails": .object(details)]
        return [
            "_type": "https://in-toto.io/Statement/v1",
            "subject": .array(subjects.map { ["name": .string($0.name), "digest": ["sha256": .string($0.digest.hex)]] }),
            "predicateType": "https://slsa.dev/provenance/v1",
            "predicate": .object(predicate),
        ]
    }

    private var definition: JSONObject {
        var internals: JSONObject = ["isolation": .string(complete.attempt.isolation)]
        internals.add("inputDigest", complete.attempt.inputDigest?.description)
        internals.add("planDigest", complete.job.planDigest?.description)
        if !complete.variables.isEmpty {
            let variables = complete.variables.sorted { $0.key < $1.key }
            internals.add(
                "variables", .object(JSONObject(uniqueMembers: variables.map { JSONObject.Member(key: $0.key, value: .string($0.value)) })))
        }
        return [
            "buildType": .string("urn:bf:recipe:\(complete.recipe):\(complete.inputs?["revision"]?.int ?? 1)"),
            "externalParameters": ["document": .object(complete.document)],
            "internalParameters": .object(internals), "resolvedDependencies": .array(dependencies.map(JSONValue.object)),
        ]
    }

    private var dependencies: [JSONObject] {
        var dependencies = complete.sources.enumerated().map { Self.resource("source/\($0.offset + 1)", $0.element) }
        dependencies += complete.needs.map { Self.resource("need/\($0.name)", $0.tree) }
        if let environment = complete.inputs?["environment"]?.string, !environment.isEmpty {
            dependencies.append(Self.resource("environment", environment))
        }
        return dependencies
    }

    /// A resource descriptor: a digest where the text is one, a Git commit where it looks like one, else a URI of its own kind.
    private static func resource(_ name: String, _ text: String) -> JSONObject {
        if let digest = Digest(text) { return ["name": .string(name), "digest": ["sha256": .string(digest.hex)]] }
        let isCommit = text.utf8.count == 40 && text.allSatisfy(\.isHexDigit)
        if isCommit { return ["name": .string(name), "digest": ["gitCommit": .string(text)]] }
        return ["name": .string(name), "uri": .string("urn:bf:\(text)")]
    }

    private var details: JSONObject {
        var builder: JSONObject = ["id": .string("urn:bf:host:\(complete.host ?? "unknown")")]
        var version = JSONObject()
        for tool in ["bf", "bubblewrap", "kernel"] { version.add(tool, complete.machine[tool]) }
        if !version.members.isEmpty { builder.add("version", .object(version)) }
        var metadata: JSONObject = ["invocationId": .string(complete.attempt.id.description)]
        metadata.add("startedOn", Timestamp.format(milliseconds: complete.attempt.claimedMilliseconds))
        metadata.add("finishedOn", complete.attempt.endedMilliseconds.map { Timestamp.format(milliseconds: $0) })
        var details: JSONObject = ["builder": .object(builder), "metadata": .object(metadata)]
        if let log { details.add("byproducts", .array([.object(["name": "log", "digest": ["sha256": .string(log.hex)]])])) }
        return details
    }
}
