/// Which packages of tagged sources may be chosen: those that are asked for with the tag, and all that these can need.
struct TagReach: Sendable {
    private var members: [String: Set<PackagePool.Member>] = [:]

    /// Follows the terms with tags among what is asked for.
    init(_ world: [Dependency], in book: inout OfferBook, _ steps: inout StepCount) throws(SolverFailure) {
        for tag in Set(world.compactMap(\.tag)) {
            let terms = world.filter { $0.tag == tag && !$0.isConflict }
            members[tag] = try Self.reached(by: tag, from: terms, in: &book, &steps)
        }
    }

    private static func reached(
        by tag: String, from terms: [Dependency], in book: inout OfferBook, _ steps: inout StepCount
    ) throws(SolverFailure) -> Set<PackagePool.Member> {
        var reached: Set<PackagePool.Member> = []
        var seen = Set(terms)
        var pending = terms
        while let term = pending.popLast() {
            try steps.add(1 + book.pool.providers[term.name].count)
            for offer in book.matches(term) {
                let itsTag = book.pool.tag(of: offer.package)
                guard itsTag == nil || itsTag == tag, reached.insert(offer.package).inserted else { continue }
                pending += book.pool[offer.package].dependencies.filter { !$0.isConflict && seen.insert($0).inserted }
            }
        }
        return reached
    }

    /// True if a package is asked for with a tag, or can be needed by one that is.
    func contains(_ package: PackagePool.Member, of tag: String? = nil) -> Bool {
        tag.map { members[$0]?.contains(package) ?? false } ?? members.values.contains { $0.contains(package) }
    }
}
