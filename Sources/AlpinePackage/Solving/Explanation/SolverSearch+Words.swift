extension SolverSearch {
    /// Who needs what, as half a sentence: `curl-8.1-r0 needs so:libz.so.1`.
    func demand(of package: PackagePool.Member, _ term: Dependency) -> String {
        let text = "\(term)".singleLine
        return package == PackagePool.world ? "the environment asks for \(text)" : "\(pool.title(of: package)) needs \(text)"
    }

    /// Who does not want what, as half a sentence.
    func refusal(by package: PackagePool.Member, _ term: Dependency) -> String {
        let text = "\(term)".dropFirst()
        return package == PackagePool.world ? "the environment excludes \(text)" : "\(pool.title(of: package)) conflicts with \(text)"
    }

    /// The term of a requirement.
    func term(of requirement: Requirement) -> Dependency { terms(of: requirement.package)[requirement.position] }

    /// Why there is no set of packages, after a contradiction that does not depend on any choice.
    func explanation(of cause: Cause) -> SolverFailure {
        var explanation = Explanation(core: ConflictCore(of: cause, in: self), search: self)
        return explanation.failure()
    }
}
