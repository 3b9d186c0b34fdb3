extension SolverSearch {
    /// The next package that comes by itself with what is chosen (`install_if`), unless it waits for something not to be there: that is
    /// known only at the end.
    mutating func nextCompanion() throws(SolverFailure) -> PackagePool.Member? {
        while agenda.companionPosition < trail.literals.count {
            let literal = trail.literals[agenda.companionPosition]
            if literal.isChosen, let companion = try companion(with: literal.package, isComplete: false) { return companion }
            agenda.companionPosition += 1
        }
        return nil
    }

    /// Adds the packages that come by themselves with a complete set, those that come with these, and so on. What is chosen already
    /// stays: one that does not go with it is left out.
    mutating func addCompanions() throws(SolverFailure) {
        var position = 0
        while position < trail.literals.count {
            let literal = trail.literals[position]
            while literal.isChosen, let companion = try companion(with: literal.package, isComplete: true) {
                let level = trail.level
                choose(companion)
                try complete(above: level)
            }
            position += 1
        }
    }

    /// The best package, about which nothing is decided, of the first name that comes by itself with a chosen package.
    private mutating func companion(
        with package: PackagePool.Member, isComplete: Bool
    ) throws(SolverFailure) -> PackagePool.Member? {
        guard package != PackagePool.world else { return nil }
        for name in [pool[package].name] + pool[package].provides.map(\.name) {
            for companion in pool.companions[name] ?? [] {
                try steps.add(1)
                guard trail.isOpen(companion), try isWanted(companion, with: package, isComplete: isComplete) else { continue }
                for offer in try matches(Dependency(name: pool[companion].name)) where offer.bracket.hasTheName {
                    guard trail.isOpen(offer.package) else { continue }
                    if try isWanted(offer.package, with: package, isComplete: isComplete) { return offer.package }
                }
            }
        }
        return nil
    }

    /// True if all that a package waits for is there, and its source may be used.
    private mutating func isWanted(
        _ companion: PackagePool.Member, with package: PackagePool.Member, isComplete: Bool
    ) throws(SolverFailure) -> Bool {
        let terms = pool[companion].installIf
        guard !terms.isEmpty, pool.tag(of: companion).map({ reach.contains(package, of: $0) }) ?? true else { return false }
        for term in terms {
            guard isComplete || !term.isConflict else { return false }
            let isThere = try matches(term).contains { trail.isChosen($0.package) }
            guard isThere != term.isConflict else { return false }
        }
        return true
    }
}
