/// A package as one that satisfies a certain name.
struct Offer: Sendable {
    let package: PackagePool.Member
    /// With which version it has the name; nil if without one, or with a text that is none.
    let version: PackageVersion?
    let bracket: OfferRank.Bracket
}

/// A term that offers of its name are compared with.
struct Demand {
    let term: Dependency
    private let wanted: PackageVersion?

    init(_ term: Dependency) {
        self.term = term
        wanted = PackageVersion(term.version)
    }

    /// True if the offer is one of those that the term speaks of.
    func accepts(_ offer: Offer) -> Bool {
        guard let comparison = term.comparison else { return true }
        guard let wanted, let version = offer.version else { return false }
        return version.matches(comparison, wanted)
    }
}

/// In which order the candidates of a name are tried.
struct OfferRank: Sendable {
    /// What counts before anything that is known only while choosing.
    let bracket: Bracket
    /// The version of the name, made comparable.
    let version: PackageVersion?
    let packageVersion: PackageVersion?
    let name: String
    /// Packages are numbered by source.
    let number: PackagePool.Member

    struct Bracket: Sendable, Equatable {
        let isPreferred: Bool
        let isTagged: Bool
        let hasTheName: Bool
        let priority: Int64
    }

    /// True if it is tried before the other.
    func precedes(_ other: OfferRank) -> Bool {
        if bracket != other.bracket { return bracket.precedes(other.bracket) }
        if version != other.version { return Self.isLater(version, other.version) }
        if packageVersion != other.packageVersion { return Self.isLater(packageVersion, other.packageVersion) }
        return (name, number) < (other.name, other.number)
    }

    private static func isLater(_ version: PackageVersion?, _ other: PackageVersion?) -> Bool {
        guard let version else { return false }
        return other.map { version > $0 } ?? true
    }
}

extension OfferRank.Bracket {
    fileprivate func precedes(_ other: Self) -> Bool {
        if isPreferred != other.isPreferred { return isPreferred }
        if isTagged != other.isTagged { return other.isTagged }
        if hasTheName != other.hasTheName { return hasTheName }
        return priority > other.priority
    }
}
