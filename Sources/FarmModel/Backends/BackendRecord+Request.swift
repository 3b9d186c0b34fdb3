extension BackendRecord {
    /// The members of a request for a new backend; `tls` and `registry_auth` are not among them, as they name files on the runners'
    /// machine.
    public static let requestKeys = ["address", "backend_kind", "arch", "labels", "max_jobs", "weight", "emulates", "runtime"]

    private static let mostLabels = 100
    private static let mostEmulated = 20
    private static let nameBytes = 300
    private static let mostJobs: ClosedRange<Int64> = 1...10_000
    /// The shares of work that a backend may have.
    public static let weights: ClosedRange<Int64> = 1...100

    /// Reads a request for a new backend.
    /// - Throws: `badInput` that says which member is wrong.
    public init(request object: JSONObject) throws(FarmError) {
        guard let address = object["address"]?.string, Self.isAddress(address) else {
            throw Self.refusal("a backend needs an address that begins with one of \(Self.schemes.joined(separator: ", "))")
        }
        guard let architecture = object["arch"]?.string.flatMap(Architecture.init) else {
            throw Self.refusal("a backend needs an arch, one of \(Architecture.names.joined(separator: ", "))")
        }
        self.init(address: address, architecture: architecture.name)
        if let value = object["backend_kind"] { givenKind = try Self.kind(value, of: address) }
        if let value = object["labels"] { labels = try Self.labels(value) }
        if let value = object["max_jobs"] { maxJobs = try Self.number(value, "max_jobs", Self.mostJobs) }
        if let value = object["weight"] { weight = try Self.number(value, "weight", Self.weights) }
        if let value = object["emulates"] { emulates = try Self.architectures(value) }
        if let value = object["runtime"] { runtime = try Self.name(value, "runtime") }
    }

    private static func kind(_ value: JSONValue, of address: String) throws(FarmError) -> BackendKind {
        guard let kind = value.string.flatMap(BackendKind.init(rawValue:)) else {
            throw refusal("backend_kind: expected one of \(BackendKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard kind.fits(address) else { throw refusal(kind.refusal(of: address)) }
        return kind
    }

    private static func labels(_ value: JSONValue) throws(FarmError) -> [String: String] {
        let members = value.object?.members ?? []
        let texts = members.compactMap { member in member.value.string.map { (member.key, $0) } }
        guard value.object != nil, texts.count == members.count, texts.count <= mostLabels else {
            throw refusal("labels: expected an object of at most \(mostLabels) texts")
        }
        return Dictionary(texts) { first, _ in first }
    }

    private static func architectures(_ value: JSONValue) throws(FarmError) -> [String] {
        let names = (value.array ?? []).map { $0.string.flatMap(Architecture.init)?.name }
        guard value.array != nil, names.count <= mostEmulated, !names.contains(nil) else {
            throw refusal("emulates: expected an array of \(Architecture.names.joined(separator: ", "))")
        }
        return names.compactMap(\.self)
    }

    private static func number(_ value: JSONValue, _ name: String, _ range: ClosedRange<Int64>) throws(FarmError) -> Int {
        guard let number = value.int, range.contains(number) else {
            throw refusal("\(name): expected \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    private static func name(_ value: JSONValue, _ key: String) throws(FarmError) -> String {
        guard let text = value.string, (1...nameBytes).contains(text.utf8.count), text.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw refusal("\(key): expected a name of at most \(nameBytes) characters")
        }
        return text
    }

    private static func refusal(_ detail: String) -> FarmError { FarmError(.badInput, detail) }
}

extension BackendKind {
    /// Whether a backend with this address can be of the kind: `sandbox://` means the runners' own machines, nothing else does.
    public func fits(_ address: String) -> Bool { (self == .sandbox) == address.hasPrefix("sandbox://") }

    /// What is said where it cannot.
    public func refusal(of address: String) -> String {
        "the kind \(rawValue) does not go with \(address): the runners' own machines are sandbox://HOST"
    }
}
