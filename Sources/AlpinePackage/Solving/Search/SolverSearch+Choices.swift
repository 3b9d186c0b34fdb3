extension SolverSearch {
    /// The package that is best for the first requirement that is not met; nil if all are. Requirements about one package come first, then
    /// what comes by itself, as both may provide what the others are ambiguous about.
    mutating func nextChoice() throws(SolverFailure) -> PackagePool.Member? {
        let (trail, requirements) = (trail, requirements)
        let isOpen: (Int) -> Bool = { !requirements[$0].candidates.contains { trail.isChosen($0.package) } }
        if let definite = agenda.nextDefinite(where: { requirements[$0].isDefinite && isOpen($0) }) { return try best(for: definite) }
        if let companion = try nextCompanion() { return companion }
        guard let ambiguous = agenda.next(where: isOpen) else { return nil }
        return try best(for: ambiguous)
    }

    /// The first, but among those that are equal to it before versions count the first of an origin that something was chosen of already.
    private mutating func best(for requirement: Int) throws(SolverFailure) -> PackagePool.Member? {
        try steps.add(requirements[requirement].candidates.count)
        let candidates = requirements[requirement].candidates.filter { trail.isOpen($0.package) }
        guard let first = candidates.first else { return nil }
        let equals = candidates.prefix { $0.bracket == first.bracket }
        guard equals.count > 1, !first.bracket.hasTheName else { return first.package }
        return (equals.first { hasChosenRelative($0.package) } ?? first).package
    }

    private mutating func hasChosenRelative(_ package: PackagePool.Member) -> Bool {
        guard let origin = pool[package].origin else { return false }
        return book.packages(ofOrigin: origin).contains { trail.isChosen($0) }
    }
}
