/// Brings what was chosen into an order in which dependencies come first; where they form a cycle, the one comes last that was met first.
struct InstallOrder {
    /// The packages in order.
    private(set) var packages: [ResolvedPackage] = []
    private var search: SolverSearch
    private var seen: Set<PackagePool.Member> = [PackagePool.world]

    /// A package whose dependencies are being ordered.
    private struct Visit {
        let package: PackagePool.Member
        let reason: String
        var pending: ArraySlice<Next>
    }

    private struct Next {
        let package: PackagePool.Member
        let term: Dependency
    }

    init(of search: SolverSearch) {
        self.search = search
        visit(Visit(package: PackagePool.world, reason: "", pending: dependencies(of: PackagePool.world)))
        for literal in search.trail.literals where literal.isChosen && seen.insert(literal.package).inserted {
            let reason = search.pool[literal.package].installIf.map(\.description).joined(separator: " and ") + " are there"
            visit(Visit(package: literal.package, reason: reason, pending: dependencies(of: literal.package)))
        }
    }

    /// Goes down from a package, without recursion: chains may be long.
    private mutating func visit(_ first: Visit) {
        var open = [first]
        while let last = open.indices.last {
            if let next = open[last].pending.popFirst() {
                guard seen.insert(next.package).inserted else { continue }
                let reason = search.demand(of: open[last].package, next.term)
                open.append(Visit(package: next.package, reason: reason, pending: dependencies(of: next.package)))
            } else {
                finish(open.removeLast())
            }
        }
    }

    private mutating func finish(_ visit: Visit) {
        guard visit.package != PackagePool.world else { return }
        let (record, source) = (search.pool[visit.package], search.pool.source(of: visit.package))
        packages.append(ResolvedPackage(record: record, source: source, reason: visit.reason))
    }

    /// What is chosen of what a package needs.
    private mutating func dependencies(of package: PackagePool.Member) -> ArraySlice<Next> {
        var dependencies: [Next] = []
        for term in search.terms(of: package) where !term.isConflict {
            for offer in search.book.matches(term) where search.trail.isChosen(offer.package) {
                dependencies.append(Next(package: offer.package, term: term))
            }
        }
        return dependencies[...]
    }
}
