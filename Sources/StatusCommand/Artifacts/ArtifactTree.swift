internal import BuildGraph
internal import FarmModel
internal import FarmStore

/// A tree to be listed or written out.
struct ArtifactTree {
    /// The folder it is written into; empty for a tree that was named by its digest.
    var name: String
    /// The job that made it, if that is known.
    var job: JobRecord?
    /// Its digest.
    var digest: Digest
    /// Its entries, less those that were not asked for.
    var manifest: TreeManifest
}

extension TreeEntry {
    /// Whether it is the file or folder at a path, or beneath it.
    func lies(in place: String) -> Bool { path == place || path.hasPrefix(place + "/") }
}

/// Finds the trees that are asked for.
struct ArtifactTrees {
    let store: any Farm
    let path: String?

    /// The trees of builds, jobs and attempts.
    func of(_ targets: [Target]) throws(FarmError) -> [ArtifactTree] {
        var jobs: [JobRecord] = []
        for target in targets { jobs += try self.jobs(of: target) }
        return try named(jobs)
    }

    /// The tree of a digest.
    func of(digest text: String) throws(FarmError) -> ArtifactTree {
        let digest = try store.tree(startingWith: text)
        return ArtifactTree(name: "", job: nil, digest: digest, manifest: try manifest(digest))
    }

    /// The newest good trees of a package.
    func lastGood(_ package: String) throws(FarmError) -> [ArtifactTree] {
        let results = try store.goodResults(of: package)
        guard !results.isEmpty else { throw try unknown(package) }
        var trees: [ArtifactTree] = []
        for result in results {
            guard let digest = result.tree else { continue }
            let name = results.count == 1 ? result.identity.name : result.identity.description
            trees.append(ArtifactTree(name: name, job: try? store.job(result.job), digest: digest, manifest: try manifest(digest)))
        }
        guard !trees.isEmpty else { throw FarmError(.noInput, "the artifacts of \(package) were collected; build it again") }
        return trees
    }

    private func jobs(of target: Target) throws(FarmError) -> [JobRecord] {
        switch target {
        case .build(let build): return try store.jobs(of: build).filter { $0.tree != nil }
        case .job(let job): return [try withTree(store.job(job))]
        case .attempt(let attempt): return [try withTree(store.job(store.attempt(attempt).job))]
        case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner and has no artifacts")
        }
    }

    private func withTree(_ job: JobRecord) throws(FarmError) -> JobRecord {
        guard job.tree == nil else { return job }
        throw FarmError(.noInput, MissingTree.reason(job))
    }

    private func named(_ jobs: [JobRecord]) throws(FarmError) -> [ArtifactTree] {
        var trees: [ArtifactTree] = []
        for (job, digest, name) in TreeFolders.of(jobs) {
            trees.append(ArtifactTree(name: name, job: job, digest: digest, manifest: try manifest(digest)))
        }
        return trees
    }

    /// The manifest, or the part of it at and below the path, with the folders that lead there.
    private func manifest(_ digest: Digest) throws(FarmError) -> TreeManifest {
        let whole = try store.content.manifest(digest)
        guard let path else { return whole }
        guard whole.entries.contains(where: { $0.path == path }) else {
            throw FarmError(.noInput, "\(JSONValue.string(path).text) is not in tree \(digest); see bf-status --artifacts --files")
        }
        return TreeManifest(entries: whole.entries.filter { $0.lies(in: path) || path.hasPrefix($0.path + "/") })
    }

    private func unknown(_ package: String) throws(FarmError) -> FarmError {
        let name = String(package.prefix { $0 != "@" && $0 != "[" })
        let known = try store.packageNames()
        let advice =
            known.contains(name) ? "; its name has others" : suggestion(for: name, among: known).map { "; did you mean \($0)?" } ?? ""
        return FarmError(.noInput, "there is no good result of \(JSONValue.string(package).text)\(advice)")
    }
}
