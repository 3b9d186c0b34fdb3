/// Why a package is chosen or refused.
enum Reason: Sendable, Hashable {
    /// It was tried, or it is who asks.
    case decision
    /// All else in this clause is false.
    case clause(Int32)
    /// Another package has one of its names, and one of the two has it with a version.
    case rival(PackagePool.Member)
    /// A package says `!name` in the dependency at a position.
    case conflict(PackagePool.Member, position: Int32)
}

/// What decided about a package, or would have to decide otherwise than it is.
struct Cause: Sendable, Hashable {
    let reason: Reason
    let subject: PackagePool.Member
}

/// Literals of which at least one must hold.
struct Clause: Sendable {
    /// The first two are watched.
    var literals: [Literal]
    let origin: Origin

    enum Origin: Sendable {
        /// That a package needs something.
        case requirement(Int)
        /// What follows from these.
        case learned([Cause])
    }
}

/// What a package needs one of.
struct Requirement: Sendable {
    let package: PackagePool.Member
    /// The position of the term in the list of the package, or of who asks.
    let position: Int
    /// Best first.
    let candidates: [Candidate]
    /// True if all candidates are versions of one package: these are chosen first, as they may provide what others are ambiguous about.
    let isDefinite: Bool

    struct Candidate: Sendable {
        let package: PackagePool.Member
        let bracket: OfferRank.Bracket
    }
}
