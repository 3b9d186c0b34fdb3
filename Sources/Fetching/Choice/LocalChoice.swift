public import FarmModel

/// Which files of a local folder are a source: those that the include globs name, all if there are none, less those that an exclude glob or
/// the ignore file names. `.git` is left out, at any depth, unless an include glob names it.
///
/// The answers are for a walk from the outside inwards: nothing is asked about what is in a folder that is left out.
public struct LocalChoice: Sendable {
    private let include: [Glob]
    private let exclude: [Glob]
    private let ignored: IgnoreRules

    /// The ignore file where a source names none.
    public static let defaultIgnoreFile = ".bfignore"

    /// The choice of a source.
    /// - Parameter ignoreText: the content of its ignore file, nil where there is none.
    public init(_ source: LocalSource, ignoreText: String? = nil) {
        include = source.include.map { Glob($0) }
        exclude = source.exclude.map { Glob($0) }
        ignored = ignoreText.map { IgnoreRules($0) } ?? IgnoreRules()
    }

    /// Whether something is taken, in the form in which trees are read. A folder is also taken where only something beneath it may be.
    public func takes(_ path: String, isFolder: Bool) -> Bool { verdict(path, isFolder: isFolder) != .omitted }

    /// What becomes of a path.
    public func verdict(_ path: String, isFolder: Bool) -> Verdict {
        let names = PathNames(path)
        let verdict = included(names, isFolder: isFolder)
        if verdict == .omitted || ignored.ignores(names, isFolder: isFolder) { return .omitted }
        return exclude.contains { $0.relation(to: names).isMatch } ? .omitted : verdict
    }

    private func included(_ path: PathNames, isFolder: Bool) -> Verdict {
        let isRepository = path.names.last.map { String(String.UnicodeScalarView($0)) } == Self.repositoryName
        if include.isEmpty && !isRepository { return .taken }
        var verdict = Verdict.omitted
        for glob in include where !isRepository || glob.pattern?.mentions(Self.repositoryName) == true {
            let relation = glob.relation(to: path)
            if relation.isMatch || relation.isBeneathMatch { return .taken }
            if relation.leadsToMatch && isFolder { verdict = .passage }
        }
        return verdict
    }

    private static let repositoryName = ".git"
}
