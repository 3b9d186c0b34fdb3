import Documents
import FarmModel

extension NodeReader {
    /// `sources`: local paths, files by URL, Git repositories.
    mutating func sources(_ fields: DocumentNode) -> [Source] {
        var sources: [Source] = []
        for node in elements(fields, "sources") {
            if let source = source(node) { sources.append(source) }
        }
        return sources
    }

    private mutating func source(_ node: DocumentNode) -> Source? {
        if case .string = node.value { return localPath(node).map { Source(origin: .local(LocalSource(path: $0))) } }
        guard node.members != nil else {
            expected("a path or a mapping with local, tree, url or git", node, "sources")
            return nil
        }
        let origin: Source.Origin?
        if let path = node["local"] {
            origin = local(node, path)
        } else if let tree = node["tree"] {
            origin = stored(node, tree)
        } else if let url = node["url"] {
            origin = self.url(node, url)
        } else if let repository = node["git"] {
            origin = git(node, repository)
        } else {
            fail(at: node.position, "sources: one of local, tree, url and git is needed")
            return nil
        }
        let destination = relativePath(node, "to")
        return origin.map { Source(origin: $0, destination: destination) }
    }

    private mutating func localPath(_ node: DocumentNode) -> String? {
        guard let path = string(node, "local", rule: .path), localPathsAllowed(node, "local") else { return nil }
        return path
    }

    private mutating func local(_ node: DocumentNode, _ path: DocumentNode) -> Source.Origin? {
        guard let fields = fields(node, "sources", allowed: ScriptKeys.local) else { return nil }
        let include = globs(fields, "include")
        let exclude = globs(fields, "exclude")
        let ignoreFile = relativePath(fields, "ignore_file")
        let tree = fields["tree"].flatMap { digest($0, "tree") }
        // A path whose tree is stored already only tells where the files once were: nobody goes there.
        let text = tree == nil ? localPath(path) : string(path, "local", rule: .path)
        return text.map { .local(LocalSource(path: $0, include: include, exclude: exclude, ignoreFile: ignoreFile, tree: tree)) }
    }

    private mutating func stored(_ node: DocumentNode, _ tree: DocumentNode) -> Source.Origin? {
        guard fields(node, "sources", allowed: ScriptKeys.tree) != nil else { return nil }
        return digest(tree, "tree").map { .local(LocalSource(tree: $0)) }
    }

    private mutating func url(_ node: DocumentNode, _ url: DocumentNode) -> Source.Origin? {
        guard let fields = fields(node, "sources", allowed: ScriptKeys.url) else { return nil }
        let address = address(url, "url", rule: .url)
        let unpack = flag(fields, "unpack")
        let strip = fields["strip"].flatMap { integer($0, "strip", 0...100) } ?? 0
        if strip > 0, !unpack { fail(at: node.position, "strip: only together with unpack: true") }
        guard let sum = fields["sha256"] else {
            fail(at: node.position, "sha256: a url source needs the SHA-256 of its bytes")
            return nil
        }
        guard let address, let digest = digest(sum, "sha256") else { return nil }
        return .url(URLSource(url: address, digest: digest, unpack: unpack, stripComponents: Int(strip)))
    }

    private mutating func address(_ node: DocumentNode, _ key: String, rule: TextRule) -> String? {
        guard !node.text.carriesPassword else {
            fail(at: node.position, "\(key): the address carries a user or password, which do not belong in a document; use secrets")
            return nil
        }
        return string(node, key, rule: rule)
    }

    private mutating func digest(_ node: DocumentNode, _ key: String) -> Digest? {
        if let text = scalar(node, key), let digest = Digest(text) { return digest }
        expected("64 hexadecimal digits", node, key)
        return nil
    }

    private mutating func git(_ node: DocumentNode, _ repository: DocumentNode) -> Source.Origin? {
        guard let fields = fields(node, "sources", allowed: ScriptKeys.git) else { return nil }
        let reference = fields["ref"].flatMap { scalar($0, "ref", rule: .reference) }
        let commit = fields["commit"].flatMap { scalar($0, "commit", rule: .commit) }
        let subfolder = relativePath(fields, "subfolder")
        let submodules = flag(fields, "submodules")
        guard let address = address(repository, "git", rule: .repository) else { return nil }
        if address.hasPrefix("file:"), !localPathsAllowed(repository, "git") { return nil }
        return .git(
            GitSource(repository: address, reference: reference, commit: commit, subfolder: subfolder, submodules: submodules))
    }
}
