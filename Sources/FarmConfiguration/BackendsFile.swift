internal import Documents
public import FarmModel

/// A file with the machines that run jobs for the farm, as melange's server reads it: `backends`, `defaultMaxJobs`, `failureThreshold`,
/// `recoveryTimeout`. A backend may also have `kind`, `weight`, `emulates`, `runtime`, `tls` and
/// `registryAuth`.
public struct BackendsFile: Sendable, Equatable {
    /// The machines, each address once.
    public var backends: [BackendRecord] = []
    /// What holds for all of them.
    public var pool = BackendPool()

    private static let keys: KeyList = ["backends", "defaultMaxJobs", "failureThreshold", "recoveryTimeout"]
    static let most: Int64 = 10_000

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
        guard let backend = BackendNode(node: node, index: index).read(&reader) else { return }
        guard !backends.contains(where: { $0.address == backend.address }) else {
            return reader.fail(at: node.position, "backend \(index) (\(backend.address)): stands here twice")
        }
        backends.append(backend)
    }
}
