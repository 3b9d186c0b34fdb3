/// What kind of daemon a backend is.
public enum BackendKind: String, Sendable, CaseIterable {
    /// The sandboxes of the runners' own machine.
    case sandbox
    /// Docker or Podman.
    case engine
    /// BuildKit, on its own or inside dockerd.
    case buildkit
}

/// A machine that runs jobs for the farm over the network, as tools and servers show it.
public struct BackendRecord: Sendable, Equatable {
    /// Where it listens, for instance `tcp://host:1234`; no two backends have the same.
    public var address: String
    /// What kind of daemon it is, if whoever added it said so; see ``kind``.
    public var givenKind: BackendKind?
    /// What it builds for, as whoever added it wrote it.
    public var architecture: String
    /// What jobs may ask of it, by key.
    public var labels: [String: String]
    /// How many jobs it runs at once; nil is the farm's usual number.
    public var maxJobs: Int?
    /// Its share of the work beside others: one of weight 2 is given twice as many jobs as one of weight 1 before they count as equally
    /// loaded.
    public var weight = 1
    /// Runs programs of other architectures too, by emulation: their names.
    public var emulates: [String] = []
    /// The runtime of its containers, by the daemon's name for it, for instance `runsc`; nil is the daemon's own choice.
    public var runtime: String?
    /// Files for TLS, as paths on the runners' machine: the authority that signed the daemon's certificate, and the client's own certificate
    /// and key.
    public var tls: BackendTLS?
    /// A file with credentials for registries in the form of Docker's `config.json`, on the runners' machine; nil is that of the runner's user.
    public var registryAuth: String?

    /// Creates a record.
    public init(
        address: String, kind: BackendKind? = nil, architecture: String, labels: [String: String] = [:], maxJobs: Int? = nil
    ) {
        self.address = address
        givenKind = kind
        self.architecture = architecture
        self.labels = labels
        self.maxJobs = maxJobs
    }

    /// What kind of daemon it is: what was said, else by the address. `sandbox://` is the machine itself, everything else BuildKit, which for
    /// `docker://` is the one inside dockerd.
    public var kind: BackendKind { givenKind ?? (address.hasPrefix("sandbox://") ? .sandbox : .buildkit) }

    /// What an address begins with.
    public static let schemes = ["tcp://", "unix://", "docker://", "docker-container://", "sandbox://"]
    private static let addressLimit = 300

    /// Whether a backend can have this address.
    public static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= addressLimit && text.utf8.allSatisfy { (33...126).contains($0) }
            && schemes.contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }
    }

    /// The `backend` record.
    public var json: JSONObject {
        var object: JSONObject = ["kind": "backend", "address": .string(address)]
        for member in settings.members { object.add(member.key, member.value) }
        return object
    }

    /// Everything but the address.
    public var settings: JSONObject {
        var object = JSONObject()
        object.add("backend_kind", givenKind?.rawValue)
        object.add("arch", architecture)
        let sorted = labels.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
        object.add("labels", sorted.isEmpty ? nil : .object(JSONObject(uniqueMembers: sorted)))
        object.add("max_jobs", maxJobs.map(Int64.init))
        object.add("weight", weight == 1 ? nil : Int64(weight))
        object.add("emulates", emulates.isEmpty ? nil : .array(emulates.map(JSONValue.string)))
        object.add("runtime", runtime)
        object.add("tls", (tls?.json).map(JSONValue.object))
        object.add("registry_auth", registryAuth)
        return object
    }

    /// Reads what ``settings`` wrote.
    public init(address: String, settings: JSONObject) {
        let labels = settings["labels"]?.object?.members ?? []
        self.init(
            address: address, kind: settings["backend_kind"]?.string.flatMap(BackendKind.init(rawValue:)),
            architecture: settings["arch"]?.string ?? "",
            labels: Dictionary(labels.map { ($0.key, $0.value.string ?? "") }) { first, _ in first },
            maxJobs: settings["max_jobs"]?.int.map { Int(clamping: $0) })
        weight = settings["weight"]?.int.map { Int(clamping: $0) } ?? 1
        emulates = (settings["emulates"]?.array ?? []).compactMap(\.string)
        runtime = settings["runtime"]?.string
        tls = settings["tls"]?.object.map(BackendTLS.init)
        registryAuth = settings["registry_auth"]?.string
    }
}

/// The files with which a connection to a backend is made safe.
public struct BackendTLS: Sendable, Equatable {
    /// The certificates of the authorities that the daemon's may be signed by, PEM; nil for those the system trusts.
    public var authority: String?
    /// The client's certificate, PEM.
    public var certificate: String?
    /// The key of the client's certificate, PEM.
    public var key: String?
    /// The name that the daemon's certificate must be for, if it is not that of the address.
    public var serverName: String?

    /// Plain TLS without a client's certificate.
    public init() {}

    /// As it is stored.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("authority", authority)
        object.add("certificate", certificate)
        object.add("key", key)
        object.add("server_name", serverName)
        return object
    }

    /// Reads what ``json`` wrote.
    public init(_ object: JSONObject) {
        authority = object["authority"]?.string
        certificate = object["certificate"]?.string
        key = object["key"]?.string
        serverName = object["server_name"]?.string
    }
}
