internal import Documents
internal import FarmModel

/// One backend of the file. The keys of melange's server take what it takes; the others are checked as `bf-run backend add` does.
struct BackendNode {
    private static let keys: KeyList = [
        "addr", "arch", "maxJobs", "labels", "kind", "weight", "emulates", "runtime", "tls", "registryAuth",
    ]
    private static let tlsKeys: KeyList = ["ca", "cert", "key", "serverName"]
    private static let nameBytes = 300

    let node: DocumentNode
    /// Counted from 0, for messages.
    let index: Int

    /// The backend; nil after its errors were collected.
    func read(_ reader: inout NodeReader) -> BackendRecord? {
        guard let fields = reader.fields(node, "backends", allowed: Self.keys, expectation: "a mapping with addr and arch") else {
            return nil
        }
        guard let address = fields["addr"].flatMap({ reader.string($0, "addr") }), !address.isEmpty else {
            reader.fail(at: node.position, "backend \(index): addr is required")
            return nil
        }
        guard let architecture = fields["arch"].flatMap({ reader.string($0, "arch") }), !architecture.isEmpty else {
            reader.fail(at: node.position, "backend \(index) (\(address)): arch is required")
            return nil
        }
        var backend = BackendRecord(address: address, architecture: architecture)
        // 0 is the number of the pool, as in melange.
        if let node = fields["maxJobs"], let number = reader.integer(node, "maxJobs", 0...BackendsFile.most), number > 0 {
            backend.maxJobs = Int(number)
        }
        for member in fields["labels"]?.members ?? [] {
            if let text = reader.scalar(member.value, "labels") { backend.labels[member.key] = text }
        }
        readOwnKeys(of: fields, into: &backend, &reader)
        return backend
    }

    /// The keys that melange's server does not have.
    private func readOwnKeys(of fields: DocumentNode, into backend: inout BackendRecord, _ reader: inout NodeReader) {
        if let node = fields["kind"], let kind: BackendKind = reader.choice(node, "kind") {
            backend.givenKind = kind
            if !kind.fits(backend.address) { reader.fail(at: node.position, kind.refusal(of: backend.address)) }
        }
        if let node = fields["weight"], let number = reader.integer(node, "weight", BackendRecord.weights) { backend.weight = Int(number) }
        backend.emulates = reader.elements(fields, "emulates").compactMap { reader.architecture($0, "emulates")?.name }
        backend.runtime = fields["runtime"].flatMap { reader.string($0, "runtime", limit: Self.nameBytes) }
        backend.registryAuth = fields["registryAuth"].flatMap { reader.absolutePath($0, "registryAuth") }
        backend.tls = fields["tls"].flatMap { tls($0, &reader) }
    }

    private func tls(_ node: DocumentNode, _ reader: inout NodeReader) -> BackendTLS? {
        let expectation = "a mapping with ca, cert, key and serverName"
        guard let fields = reader.fields(node, "tls", allowed: Self.tlsKeys, expectation: expectation) else { return nil }
        var tls = BackendTLS()
        tls.authority = fields["ca"].flatMap { reader.absolutePath($0, "ca") }
        tls.certificate = fields["cert"].flatMap { reader.absolutePath($0, "cert") }
        tls.key = fields["key"].flatMap { reader.absolutePath($0, "key") }
        tls.serverName = fields["serverName"].flatMap { reader.string($0, "serverName", limit: Self.nameBytes) }
        if (fields["cert"] == nil) != (fields["key"] == nil) { reader.fail(at: node.position, "tls: cert and key go together") }
        return tls
    }
}
