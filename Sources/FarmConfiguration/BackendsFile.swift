internal import Documents
public import FarmModel

/// A file with the machines that run jobs for the farm, as melange's server reads it: `backends`, `defaultMaxJobs`, `failureThreshold`,
/// `recoveryTimeout`.
public struct BackendsFile: Sendable, Equatable {
    /// The machines, each address once.
    public var backends: [BackendRecord] = []
    /// What holds for all of them.
    public var pool = BackendPool()

    private static let keys: KeyList = ["backends", "defaultMaxJobs", "failureThreshold", "recoveryTimeout"]
    private static let backendKeys: KeyList = ["addr", "arch", "maxJobs", "labels"]
    private static let most: Int64 = 10_000

    /// Reads a file.
    /// - Throws: `configuration` that names each fault and its line.
    public init(path: String, bytes: [UInt8]) throws(FarmError) {
        var reader = NodeReader(file: path, base: nil, allowsLocalPaths: true)
        do throws(DocumentFault) {
            try DocumentInput(name: path, bytes: bytes, base: nil).read { document in
                self.read(document, &reader)
                return true
            }
        } catch {
            reader.fail(at: error.position, error.message)
        }
        let faults = reader.errors.list.map { "\(path):\($0.line): \($0.message)" }
        guard faults.isEmpty else { throw FarmError(.configuration, faults.joined(separator: "\n")) }
        guard !backends.isEmpty else { throw FarmError(.configuration, "\(path): at least one backend is required") }
    }

    private mutating func read(_ document: DocumentNode, _ reader: inout NodeReader) {
        guard let fields = reader.fields(document, "backends", allowed: Self.keys, expectation: "a mapping with backends") else { return }
        for (index, node) in reader.elements(fields, "backends").enumerated() { read(backend: node, index, &reader) }
        if let node = fields["defaultMaxJobs"], let number = reader.integer(node, "defaultMaxJobs", 1...Self.most) {
            pool.maxJobs = Int(number)
        }
        if let node = fields["failureThreshold"], let number = reader.integer(node, "failureThreshold", 1...Self.most) {
            pool.failureThreshold = Int(number)
        }
        pool.recoveryMilliseconds = reader.milliseconds(fields, "recoveryTimeout") ?? pool.recoveryMilliseconds
    }

    private mutating func read(backend node: DocumentNode, _ index: Int, _ reader: inout NodeReader) {
        guard let fields = reader.fields(node, "backends", allowed: Self.backendKeys, expectation: "a mapping with addr and arch") else {
            return
        }
        guard let address = fields["addr"].flatMap({ reader.string($0, "addr") }), !address.isEmpty else {
            return reader.fail(at: node.position, "backend \(index): addr is required")
        }
        guard let architecture = fields["arch"].flatMap({ reader.string($0, "arch") }), !architecture.isEmpty else {
            return reader.fail(at: node.position, "backend \(index) (\(address)): arch is required")
        }
        guard !backends.contains(where: { $0.address == address }) else {
            return reader.fail(at: node.position, "backend \(index) (\(address)): stands here twice")
        }
        var backend = BackendRecord(address: address, architecture: architecture)
        // 0 is the number of the pool, as in melange.
        if let node = fields["maxJobs"], let number = reader.integer(node, "maxJobs", 0...Self.most), number > 0 {
            backend.maxJobs = Int(number)
        }
        for member in fields["labels"]?.members ?? [] {
            if let text = reader.scalar(member.value, "labels") { backend.labels[member.key] = text }
        }
        backends.append(backend)
    }
}
