/// An attempt with everything that is known of it.
public struct CompleteAttempt: Sendable, Equatable {
    /// Stands for the attempt's id in ``machine``, which all attempts of a runner share.
    public static let idPlaceholder = "ATTEMPT"

    /// The tree of an attempt.
    public struct Output: Sendable, Hashable {
        /// Its digest.
        public var digest: Digest
        /// The sizes of all files together.
        public var bytes: Int64
        /// How many files there are.
        public var files: Int64

        /// Describes a tree.
        public init(digest: Digest, bytes: Int64, files: Int64) {
            self.digest = digest
            self.bytes = bytes
            self.files = files
        }
    }

    /// The attempt itself.
    public var attempt: AttemptRecord
    /// Its job.
    public var job: JobRecord
    /// The recipe of its document.
    public var recipe: String
    /// The document.
    public var document: JSONObject
    /// Who asked for the build.
    public var requester: Requester?
    /// When they did, in milliseconds since 1970.
    public var requestedMilliseconds: Int64
    /// Why the attempt was made: `code` and more.
    public var reason: JSONObject?
    /// The machine that ran it.
    public var host: String?
    /// What all attempts of its runner have in common: kernel, versions, variables.
    public var machine: JSONObject
    /// Everything that went into it: ``InputParts`` as JSON.
    public var inputs: JSONObject?
    /// The tree that it made; nil if it made none, or none is kept.
    public var output: Output?
    /// The named results.
    public var artifacts: [ArtifactRecord]

    /// Describes an attempt of which little is known.
    public init(attempt: AttemptRecord, job: JobRecord, recipe: String, document: JSONObject, requestedMilliseconds: Int64) {
        self.attempt = attempt
        self.job = job
        self.recipe = recipe
        self.document = document
        self.requestedMilliseconds = requestedMilliseconds
        machine = JSONObject()
        artifacts = []
    }

    /// The environment variables of its phases, those of single phases aside.
    public var variables: [String: String] {
        var variables = Self.variables(machine["variables"]).mapValues { value in
            value.replacing("/\(Self.idPlaceholder)/", with: "/\(attempt.id)/")
        }
        variables.merge(Self.variables(attempt.facts?["variables"])) { $1 }
        return variables
    }

    /// The environment variables of single phases, by the phase.
    public var phaseVariables: [String: [String: String]] {
        var phases: [String: [String: String]] = [:]
        for phase in attempt.facts?["phase_variables"]?.object?.members ?? [] { phases[phase.key] = Self.variables(phase.value) }
        return phases
    }

    /// The names of the secrets that it could see.
    public var secrets: [String] { attempt.facts?["secrets"]?.array?.compactMap(\.string) ?? [] }

    /// Its phases, as facts have them.
    public var phases: [JSONObject] { attempt.facts?["phases"]?.array?.compactMap(\.object) ?? [] }

    /// The trees of its needs by name.
    public var needs: [(name: String, tree: String)] {
        (inputs?["needs"]?.array ?? []).compactMap { pair in
            guard let pair = pair.array, pair.count == 2, let name = pair[0].string, let tree = pair[1].string else { return nil }
            return (name, Self.digest(tree))
        }
    }

    /// What its sources came to, in the order of the document.
    public var sources: [String] { inputs?["sources"]?.array?.compactMap(\.string) ?? [] }

    /// The `attempt` record with all its keys.
    public var json: JSONObject {
        var object = attempt.json
        object.add("name", job.identity.name)
        object.add("version", job.version)
        object.add("arch", job.identity.architecture.name)
        if !job.identity.cell.isEmpty { object.add("cell", .object(Self.sorted(job.identity.cell))) }
        object.add("recipe", recipe)
        object.add("requester", requester.map { .object($0.json) })
        object.add("requested", Timestamp.format(milliseconds: requestedMilliseconds))
        object.add("reason", reason.map(JSONValue.object))
        object.add("host", host)
        var shownMachine = machine
        shownMachine["variables"] = nil
        if !shownMachine.members.isEmpty { object.add("machine", .object(shownMachine)) }
        object.add("inputs", inputs.map(JSONValue.object))
        if !variables.isEmpty { object.add("variables", .object(Self.sorted(variables))) }
        if let output {
            let members: JSONObject = [
                "digest": .string(output.digest.description), "bytes": .int(output.bytes), "files": .int(output.files),
            ]
            object.add("output", .object(members))
        }
        if !artifacts.isEmpty { object.add("artifacts", .array(artifacts.map { .object($0.json) })) }
        return object
    }

    private static func variables(_ value: JSONValue?) -> [String: String] {
        Dictionary((value?.object?.members ?? []).compactMap { member in member.value.string.map { (member.key, $0) } }) { $1 }
    }

    private static func sorted(_ texts: [String: String]) -> JSONObject {
        JSONObject(uniqueMembers: texts.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) })
    }

    /// Inputs have digests as digits alone.
    private static func digest(_ text: String) -> String { Digest(text)?.description ?? text }
}
