/// A machine that runs jobs for the farm over the network, as tools and servers show it.
public struct BackendRecord: Sendable, Equatable {
    /// Where it listens, for instance `tcp://host:1234`; no two backends have the same.
    public var address: String
    /// What it builds for, as whoever added it wrote it.
    public var architecture: String
    /// What jobs may ask of it, by key.
    public var labels: [String: String]
    /// How many jobs it runs at once; nil is the farm's usual number.
    public var maxJobs: Int?

    /// Creates a record.
    public init(address: String, architecture: String, labels: [String: String] = [:], maxJobs: Int? = nil) {
        self.address = address
        self.architecture = architecture
        self.labels = labels
        self.maxJobs = maxJobs
    }

    /// What an address begins with.
    public static let schemes = ["tcp://", "unix://", "docker://", "docker-container://"]
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
        var object: JSONObject = ["arch": .string(architecture)]
        let sorted = labels.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }
        object.add("labels", sorted.isEmpty ? nil : .object(JSONObject(uniqueMembers: sorted)))
        object.add("max_jobs", maxJobs.map(Int64.init))
        return object
    }

    /// Reads what ``settings`` wrote.
    public init(address: String, settings: JSONObject) {
        let labels = settings["labels"]?.object?.members ?? []
        self.init(
            address: address, architecture: settings["arch"]?.string ?? "",
            labels: Dictionary(labels.map { ($0.key, $0.value.string ?? "") }) { first, _ in first },
            maxJobs: settings["max_jobs"]?.int.map { Int(clamping: $0) })
    }
}
