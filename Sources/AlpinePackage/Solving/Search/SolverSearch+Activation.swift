extension SolverSearch {
    /// What follows from the choice of a package at once: its rivals are refused, and so is what it conflicts with; what it needs is noted.
    ///
    /// - Returns: What contradicts the choice, if something does.
    mutating func activate(_ package: PackagePool.Member) throws(SolverFailure) -> Cause? {
        if let contradiction = try noteRequirements(of: package) { return contradiction }
        if package != PackagePool.world, let contradiction = try refuseRivals(of: package) { return contradiction }
        for (position, term) in terms(of: package).enumerated() where term.isConflict {
            for offer in try matches(term) where offer.package != package {
                let reason = Reason.conflict(package, position: Int32(position))
                if let contradiction = try refuse(offer.package, because: reason) { return contradiction }
            }
        }
        return nil
    }

    /// Refuses the other packages that have one of its names, if one of the two has it with a version.
    private mutating func refuseRivals(of package: PackagePool.Member) throws(SolverFailure) -> Cause? {
        let record = pool[package]
        for (name, isVersioned) in [(record.name, true)] + record.provides.map({ ($0.name, !$0.version.isEmpty) }) {
            let providers = pool.providers[name]
            try steps.add(providers.count)
            for provider in providers where provider.package != package && (isVersioned || pool.isVersioned(provider)) {
                if let contradiction = try refuse(provider.package, because: .rival(package)) { return contradiction }
            }
        }
        return nil
    }

    private mutating func refuse(_ package: PackagePool.Member, because reason: Reason) throws(SolverFailure) -> Cause? {
        try steps.add(1)
        switch trail.value(of: .refused(package)) {
        case true?: return nil
        case false?: return Cause(reason: reason, subject: package)
        case nil:
            trail.decide(.refused(package), because: reason)
            return nil
        }
    }

    private mutating func noteRequirements(of package: PackagePool.Member) throws(SolverFailure) -> Cause? {
        if let known = requirementsOfPackage[package] {
            agenda.add(known)
            return nil
        }
        let start = requirements.count
        var contradiction: Cause?
        for (position, term) in terms(of: package).enumerated() where !term.isConflict {
            guard let candidates = try candidates(for: term, of: package) else { continue }
            let names = Set(candidates.map { pool[$0.package].name })
            requirements.append(
                Requirement(package: package, position: position, candidates: candidates, isDefinite: names.count == 1))
            let cause = addClause(of: requirements.count - 1)
            // That nobody provides something is no matter of choices: the lesson must be that the package is never chosen.
            if contradiction == nil || candidates.isEmpty { contradiction = cause ?? contradiction }
        }
        requirementsOfPackage[package] = start..<requirements.count
        agenda.add(start..<requirements.count)
        return contradiction
    }

    /// The packages that satisfy a term, best first; nil if the package that needs it does so itself.
    private mutating func candidates(
        for term: Dependency, of package: PackagePool.Member
    ) throws(SolverFailure) -> [Requirement.Candidate]? {
        let matches = try matches(term)
        guard !matches.contains(where: { $0.package == package }) else { return nil }
        let usable = matches.filter { offer in
            let tag = pool.tag(of: offer.package)
            return tag == term.tag || (term.tag == nil && reach.contains(offer.package))
        }
        return usable.map { Requirement.Candidate(package: $0.package, bracket: $0.bracket) }
    }

    /// The packages that a term may mean, best first.
    mutating func matches(_ term: Dependency) throws(SolverFailure) -> [Offer] {
        try steps.add(1 + pool.providers[term.name].count)
        return book.matches(term)
    }

    /// Adds what a requirement says, "the package is not chosen, or one of the candidates is", while the package is chosen.
    private mutating func addClause(of requirement: Int) -> Cause? {
        let package = requirements[requirement].package
        var literals = [Literal.refused(package)] + requirements[requirement].candidates.map { .chosen($0.package) }
        literals.sort { watchOrder($0) > watchOrder($1) }
        let index = clauses.add(Clause(literals: literals, origin: .requirement(requirement)))
        switch trail.value(of: literals[0]) {
        case true?: return nil
        case false?: return Cause(reason: .clause(index), subject: package)
        case nil:
            let mustHold = literals.count == 1 || trail.value(of: literals[1]) == false
            if mustHold { trail.decide(literals[0], because: .clause(index)) }
            return nil
        }
    }

    /// Which literals are watched first: what is true, then what is open, then what was refused last.
    private func watchOrder(_ literal: Literal) -> Int {
        switch trail.value(of: literal) {
        case true?: Int.max
        case nil: Int.max - 1
        case false?: trail.level(of: literal.package)
        }
    }
}

extension PackagePool {
    /// True if a package has a name with a version.
    func isVersioned(_ provider: ProviderTable.Provider) -> Bool {
        provider.position.map { !self[provider.package].provides[$0].version.isEmpty } ?? true
    }
}
