public import FarmModel

/// Which outputs of a job are kept: those that a pattern names, all if there are none. A folder that is named brings everything beneath it.
public struct OutputChoice: Sendable {
    private let patterns: [(pattern: OutputPattern, glob: Glob)]

    /// The choice of a plan's outputs.
    public init(_ patterns: [OutputPattern]) { self.patterns = patterns.map { ($0, Glob($0.glob)) } }

    /// Whether something is kept, in the form in which trees are read. A folder is also kept where only something beneath it may be.
    public func takes(_ path: String, isFolder: Bool) -> Bool { verdict(path, isFolder: isFolder) != .omitted }

    /// What becomes of a path.
    public func verdict(_ path: String, isFolder: Bool) -> Verdict {
        if patterns.isEmpty { return .taken }
        let names = PathNames(path)
        var verdict = Verdict.omitted
        for (_, glob) in patterns {
            let relation = glob.relation(to: names)
            if relation.isMatch || relation.isBeneathMatch { return .taken }
            if relation.leadsToMatch && isFolder { verdict = .passage }
        }
        return verdict
    }

    /// What is chosen of a tree, in one digest.
    public func digest(of manifest: TreeManifest) -> Digest {
        let entries = manifest.entries.filter { entry in
            if case .folder = entry.content { verdict(entry.path, isFolder: true) == .taken } else { takes(entry.path, isFolder: false) }
        }
        return Digest.of(TreeManifest(entries: entries).bytes)
    }

    /// The required patterns that none of the paths fits: why a job that otherwise went well has failed.
    public func missing(among paths: some Sequence<String>) -> [OutputPattern] {
        var open = patterns.filter { $0.pattern.isRequired }
        for path in paths where !open.isEmpty {
            let names = PathNames(path)
            open.removeAll { $0.glob.relation(to: names).isMatch }
        }
        return open.map(\.pattern)
    }
}
