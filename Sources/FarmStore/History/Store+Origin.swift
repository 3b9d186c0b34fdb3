public import FarmModel

/// What made an artifact.
public struct ArtifactOrigin: Sendable, Equatable {
    /// The newest attempt that made it.
    public var attempt: AttemptID
    /// The whole digest of the artifact.
    public var digest: Digest
    /// The file's path within the attempt's tree; nil for the tree itself.
    public var path: String?

    /// Names an origin.
    public init(attempt: AttemptID, digest: Digest, path: String?) {
        self.attempt = attempt
        self.digest = digest
        self.path = path
    }
}

extension Store {
    /// What made the tree or file whose digest begins with some hexadecimal digits.
    /// - Throws: `noInput` if nothing that is left made it, `badInput` if there are several, `usage` if it cannot be a digest.
    public func origin(of text: String) throws(FarmError) -> ArtifactOrigin {
        let range = try DigestRange(text)
        let found = try read { database throws(FarmError) in try OriginReader(database: database).origin(in: range) }
        guard let found else { throw FarmError(.noInput, "no attempt that is kept made \(text); see bf-status --artifacts JOB --files") }
        var origin = ArtifactOrigin(attempt: found.attempt, digest: found.digest, path: nil)
        guard found.digest != found.tree else { return origin }
        let entries = try blobs.manifest(found.tree).entries
        origin.path = entries.first { if case .file(_, found.digest) = $0.content { true } else { false } }?.path
        return origin
    }

    /// The digest of the log of an attempt; nil if it is gone.
    public func logDigest(_ attempt: AttemptRecord) throws(FarmError) -> Digest? {
        guard var log = try LogReader(path: directory.log(attempt.build, attempt.job, attempt: attempt.number)) else { return nil }
        var hasher = DigestHasher()
        while true {
            let bytes = try log.next()
            guard !bytes.isEmpty else { return hasher.finish() }
            bytes.withUnsafeBytes { hasher.update($0) }
        }
    }
}

/// All digests that begin with some hexadecimal digits.
struct DigestRange: Sendable {
    let text: String
    let low: Digest
    let high: Digest

    /// - Throws: `usage` if the text is no digest, nor the start of one.
    init(_ text: String) throws(FarmError) {
        let digits = text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text
        let padding = 64 - digits.count
        guard (8...64).contains(digits.count), digits.allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
            let low = Digest(digits + String(repeating: "0", count: padding)),
            let high = Digest(digits + String(repeating: "f", count: padding))
        else {
            throw FarmError(.usage, "\(JSONValue.string(text).text) is no digest: sha256: and at least 8 small hexadecimal digits")
        }
        self.text = text
        self.low = low
        self.high = high
    }

    /// The only digest of those found; nil if there is none.
    /// - Throws: `badInput` if there are several.
    func only(_ found: [Digest]) throws(FarmError) -> Digest? {
        guard found.count < 2 else { throw FarmError(.badInput, "\(text) is the start of several digests; give more of it") }
        return found.first
    }
}

/// Follows an artifact back to the attempt that made it.
private struct OriginReader {
    let database: Connection

    struct Found: Sendable {
        var attempt: AttemptID
        var digest: Digest
        var tree: Digest
    }

    func origin(in range: DigestRange) throws(FarmError) -> Found? {
        if let tree = try range.only(digests("trees", range)) { return try origin(tree, "t.digest = ?") }
        guard let file = try range.only(digests("blobs", range)) else { return nil }
        return try origin(
            file, "t.id IN (SELECT tb.tree FROM blobs b JOIN tree_blobs tb ON tb.blob = b.id WHERE b.digest = ?)")
    }

    private func digests(_ table: String, _ range: DigestRange) throws(FarmError) -> [Digest] {
        try database.all("SELECT digest FROM \(table) WHERE digest BETWEEN ? AND ? LIMIT 2", range.low, range.high) { $0.digest(0) }
            .compactMap(\.self)
    }

    /// The newest attempt whose tree fits the condition.
    private func origin(_ digest: Digest, _ condition: String) throws(FarmError) -> Found? {
        let sql = """
            SELECT a.id, t.digest FROM trees t JOIN job_trees o ON o.tree = t.id AND o.role = 'output'
                JOIN jobs j ON j.id = o.job AND j.unchanged = 0 JOIN attempts a ON a.job = o.job AND a.state = 'success'
            WHERE \(condition) ORDER BY o.job DESC, a.number DESC LIMIT 1
            """
        let row = try database.first(sql, digest) { ($0.identifier(0) as AttemptID, $0.digest(1)) }
        return row.flatMap { row in row.1.map { Found(attempt: row.0, digest: digest, tree: $0) } }
    }
}
