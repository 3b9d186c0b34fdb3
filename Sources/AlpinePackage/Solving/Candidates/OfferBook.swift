/// The offers of each name that was asked for, best first; made when first asked for.
struct OfferBook {
    let pool: PackagePool
    private var known: [String: [Offer]] = [:]
    private var origins: [String: [PackagePool.Member]]?

    init(_ pool: PackagePool) { self.pool = pool }

    /// The packages that a term may mean, each once, best first, whatever their sources' tags.
    mutating func matches(_ term: Dependency) -> [Offer] {
        let demand = Demand(term)
        let accepted = offers(of: term.name).filter { demand.accepts($0) }
        guard accepted.count > 1 else { return accepted }
        var seen: Set<PackagePool.Member> = []
        return accepted.filter { seen.insert($0.package).inserted }
    }

    /// Who has or provides a name, best first.
    mutating func offers(of name: String) -> [Offer] {
        if let offers = known[name] { return offers }
        let offers = pool.providers[name].map { rankedOffer(of: name, by: $0) }
            .sorted { $0.rank.precedes($1.rank) }.map(\.offer)
        known[name] = offers
        return offers
    }

    /// The packages that were built with one.
    mutating func packages(ofOrigin origin: String) -> [PackagePool.Member] {
        if let known = origins?[origin] { return known }
        guard origins == nil else { return [] }
        let all = pool.origins
        origins = all
        return all[origin] ?? []
    }

    private func rankedOffer(of name: String, by provider: ProviderTable.Provider) -> (offer: Offer, rank: OfferRank) {
        let record = pool[provider.package]
        let text = provider.position.map { record.provides[$0].version } ?? record.version
        let version = PackageVersion(text)
        let source = pool.sources[pool.source(of: provider.package)]
        let bracket = OfferRank.Bracket(
            isPreferred: source.isPreferred, isTagged: source.tag != nil,
            hasTheName: provider.position == nil, priority: record.providerPriority ?? 0)
        let rank = OfferRank(
            bracket: bracket, version: Self.comparable(version, of: name),
            packageVersion: provider.position == nil ? version : PackageVersion(record.version), name: record.name,
            number: provider.package)
        return (Offer(package: provider.package, version: version, bracket: bracket), rank)
    }

    /// Shared libraries once had a number of their own as version, now that of the package with its release: what has none is the older kind.
    private static func comparable(_ version: PackageVersion?, of name: String) -> PackageVersion? {
        guard let version, name.hasPrefix("so:"), !version.hasRelease else { return version }
        return PackageVersion("0.\(version)")
    }
}

extension PackageVersion {
    /// True if the package's own release is named.
    fileprivate var hasRelease: Bool { parts.last?.kind == .release }
}
