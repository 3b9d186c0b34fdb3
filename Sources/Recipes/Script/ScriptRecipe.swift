public import Documents
public import FarmModel

/// The native recipe: phases of shell scripts or programs, as the document states them.
public struct ScriptRecipe: Recipe {
    /// `script`
    public static let name = "script"
    /// The first.
    public static let revision = 1

    /// The only one.
    public init() {}

    /// Reads a document into one job for each cell of its matrix.
    public func jobs(in document: DocumentNode, _ reader: inout NodeReader) -> [JobSpec] {
        guard document.members != nil else {
            reader.expected("a mapping", document, "document")
            return []
        }
        let matrix = reader.matrix(document)
        var jobs: [JobSpec] = []
        var bytes = 0
        for cell in matrix.cells where !reader.errors.isFull {
            var expansion = MatrixExpansion(cell: cell, axes: matrix.names, bytes: bytes)
            let expanded = expansion.expand(document, &reader)
            bytes = expansion.bytes
            guard bytes <= DocumentLimits.expandedBytes else {
                reader.fail(at: document.position, "matrix: its cells together are larger than \(DocumentLimits.expandedSize)")
                return []
            }
            let script = reader.scriptDocument(expanded, cell: cell.values, architecture: cell.architecture)
            if let script, reader.errors.list.isEmpty { jobs.append(script.spec) }
        }
        return jobs
    }

    /// Each Git repository and URL of the document, once.
    public func prepare(_ spec: JobSpec) throws(FarmError) -> [PrepareRequest] {
        guard spec.document["sources"] != nil else { return [] }
        var requests: [PrepareRequest] = []
        for source in try document(of: spec).plan.sources {
            guard let request = source.request, !requests.contains(request) else { continue }
            requests.append(request)
        }
        return requests
    }

    /// The plan as the document states it, with the matrix cell as `BF_MATRIX_…` variables, a root path made absolute, and commits filled in.
    public func plan(_ spec: JobSpec, resolved: Resolution) throws(FarmError) -> Plan {
        var plan = try document(of: spec).plan
        for (axis, value) in spec.identity.cell { plan.variables["BF_MATRIX_" + axis.uppercased()] = value }
        if case .root(let path) = plan.environment, !path.isAbsolutePath, let base = spec.base {
            plan.environment = .root(path: base + "/" + path.pathNames().filter { $0 != "." }.joined(separator: "/"))
        }
        plan.sources = plan.sources.map { $0.resolved(by: resolved) }
        return plan
    }

    /// One artifact: the whole tree under the job's name.
    public func conclude(_ spec: JobSpec, _ outcome: TreeOutcome) -> Conclusion {
        let identity = spec.identity
        let artifact = NamedArtifact(kind: "tree", name: identity.name, version: spec.version, architecture: identity.architecture)
        return Conclusion(artifacts: [artifact])
    }

    /// The local sources in the order of the document.
    public func localSources(_ spec: JobSpec) throws(FarmError) -> [LocalSource] {
        try document(of: spec).plan.sources.compactMap(\.local)
    }

    /// The job with the trees of its local sources in its document.
    public func binding(_ trees: [Digest], to spec: JobSpec) throws(FarmError) -> JobSpec {
        var document = try document(of: spec)
        var rest = trees[...]
        for index in document.plan.sources.indices {
            guard var local = document.plan.sources[index].local else { continue }
            guard let tree = rest.popFirst() else { break }
            local.tree = tree
            document.plan.sources[index].origin = .local(local)
        }
        guard rest.isEmpty, document.plan.sources.allSatisfy({ $0.local.map { $0.tree != nil } ?? true }) else {
            throw FarmError(.internalError, "job \(spec.identity): \(trees.count) trees do not fit its local sources")
        }
        return document.spec
    }

    /// Reads a normalised document again; it was checked when it was first read.
    private func document(of spec: JobSpec) throws(FarmError) -> ScriptDocument {
        var reader = NodeReader(
            file: "job \(spec.identity)", base: spec.base, allowsLocalPaths: true,
            defaults: DocumentDefaults(architecture: spec.identity.architecture))
        let node = DocumentNode(json: .object(spec.document))
        let document = reader.scriptDocument(node, cell: [:], architecture: nil)
        if let error = reader.errors.farmError { throw error }
        guard let document else { throw FarmError(.internalError, "job \(spec.identity): its document cannot be read") }
        return document
    }
}

extension Source {
    /// The files of the submitter that it stands for.
    fileprivate var local: LocalSource? { if case .local(let local) = origin { local } else { nil } }

    /// What a runner does for it before the first phase.
    var request: PrepareRequest? {
        switch origin {
        case .local, .texts: nil
        case .url(let url): .url(url)
        case .git(let git): .gitCommit(git)
        }
    }

    /// The source as runners found it.
    func resolved(by resolution: Resolution) -> Source {
        switch origin {
        case .git(var git):
            guard let commit = resolution.commits[git] else { return self }
            git.commit = commit
            return Source(origin: .git(git), destination: destination)
        case .url(var url):
            guard let checksum = resolution.checksums[url] else { return self }
            url.checksum = checksum
            return Source(origin: .url(url), destination: destination)
        case .local, .texts: return self
        }
    }
}
