import Documents
import FarmModel

extension NodeReader {
    /// Reads one document whose matrix is expanded.
    /// - Parameter cell: The matrix cell, its architecture apart.
    mutating func scriptDocument(_ node: DocumentNode, cell: [String: String], architecture cellArchitecture: Architecture?)
        -> ScriptDocument?
    {
        let isRecord = node["kind"] != nil
        guard let fields = fields(node, "document", allowed: isRecord ? ScriptKeys.record : ScriptKeys.written) else { return nil }
        let name = requiredName(fields) ?? ""
        let architecture = cellArchitecture ?? fields["arch"].flatMap { jobArchitecture($0) } ?? defaults.architecture
        let identity = JobIdentity(name: name, architecture: architecture, cell: isRecord && cell.isEmpty ? recordedCell(fields) : cell)
        var document = ScriptDocument(identity: identity, defaults: defaults)
        readHead(fields, into: &document)
        readPlan(fields, into: &document.plan)
        readPlace(fields, isRecord: isRecord, into: &document)
        return document
    }

    private mutating func requiredName(_ fields: DocumentNode) -> String? {
        guard let node = fields["name"] else {
            fail(at: fields.position, "name: a document needs a name")
            return nil
        }
        return string(node, "name", rule: .name)
    }

    private mutating func jobArchitecture(_ node: DocumentNode) -> Architecture? {
        guard case .list = node.value else { return architecture(node, "arch") }
        fail(at: node.position, "arch: a job has one architecture; for several write matrix: {arch: [...]}")
        return nil
    }

    private mutating func recordedCell(_ fields: DocumentNode) -> [String: String] {
        guard let node = fields["cell"] else { return [:] }
        guard let members = node.members else {
            expected("a mapping", node, "cell")
            return [:]
        }
        var cell: [String: String] = [:]
        for member in members {
            if let axis = axisName(member) { cell[axis] = scalar(member.value, member.key, rule: .cell) }
        }
        return cell
    }

    private mutating func readHead(_ fields: DocumentNode, into document: inout ScriptDocument) {
        document.version = fields["version"].flatMap { scalar($0, "version", rule: .line) }
        document.needs = needs(fields)
        document.labels = labels(fields)
        document.priority = Int(fields["priority"].flatMap { integer($0, "priority", -1000...1000) } ?? 0)
        document.retry = retry(fields)
    }

    private mutating func readPlan(_ fields: DocumentNode, into plan: inout Plan) {
        readEnvironment(fields, into: &plan)
        plan.sources = sources(fields)
        readBody(fields, into: &plan)
        plan.outputs = outputs(fields)
        plan.interface = globs(fields, "interface")
        plan.limits = limits(fields)
        plan.secrets = secrets(fields, phases: plan.dockerfile == nil ? plan.phases : [.dockerfile])
        if plan.dockerfile != nil, plan.secrets.contains(where: { $0.variable != nil }), let node = fields["secrets"] {
            fail(at: node.position, "secrets: a Dockerfile has them by RUN --mount=type=secret,id=NAME; leave out variable")
        }
        plan.caches = caches(fields)
        plan.isVolatile = flag(fields, "volatile")
        if let node = fields["source_date_epoch"], let seconds = integer(node, "source_date_epoch", 0...253_402_300_799) {
            plan.sourceDateEpoch = seconds
        }
    }

    private mutating func readBody(_ fields: DocumentNode, into plan: inout Plan) {
        guard let node = fields["dockerfile"] else {
            plan.phases = phases(fields)
            if let exports = fields["exports"] {
                fail(at: exports.position, "exports: there is no image without a dockerfile; leave it out")
            }
            return
        }
        for key in ["phases", "run", "environment", "caches"] { exclude(fields, "dockerfile", key) }
        plan.dockerfile = dockerfile(node)
        plan.exports = exports(fields)
        if plan.dockerfile?.output == DockerfileBody.Output.none, plan.exports.isEmpty {
            fail(at: node.position, "output: with none there is nothing to do without exports; write exports or another output")
        }
    }

    private mutating func readPlace(_ fields: DocumentNode, isRecord: Bool, into document: inout ScriptDocument) {
        document.base = base
        document.origin = DocumentOrigin(file: file, line: Int(fields.position.line))
        guard isRecord else { return }
        if let node = fields["base"], localPathsAllowed(node, "base") { document.base = absolutePath(node, "base") }
        if let node = fields["origin"] { document.origin = recordedOrigin(node) }
    }

    private mutating func recordedOrigin(_ node: DocumentNode) -> DocumentOrigin? {
        guard let fields = fields(node, "origin", allowed: ScriptKeys.origin), let file = fields["file"], let line = fields["line"],
            let path = string(file, "file", rule: .path), let number = integer(line, "line", 1...Int64(Int32.max))
        else { return nil }
        return DocumentOrigin(file: path, line: Int(number))
    }

    /// Whether the sender may name files of this machine; collects an error if not.
    mutating func localPathsAllowed(_ node: DocumentNode, _ key: String) -> Bool {
        if !allowsLocalPaths { fail(at: node.position, "\(key): paths of this machine are not allowed from here; use a git or url source") }
        return allowsLocalPaths
    }
}
