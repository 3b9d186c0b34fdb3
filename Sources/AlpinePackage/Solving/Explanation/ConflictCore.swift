/// The requirements and refusals that contradict each other: what is left of a search when all that was merely tried is taken away.
struct ConflictCore {
    /// In the order in which they came up.
    private(set) var requirements: [Int] = []
    /// What packages said `!name` to.
    private(set) var conflicts: [Cause] = []
    /// What was refused because of another package of the same name.
    private(set) var rivals: [Cause] = []

    private var pending: [(cause: Cause, isStep: Bool)] = []
    private var seenCauses: Set<Cause> = []
    private var seenClauses: Set<Int32> = []
    private var seenPackages: Set<PackagePool.Member> = []

    /// Follows a contradiction that does not depend on any choice back to where it comes from.
    init(of cause: Cause, in search: SolverSearch) {
        pending = [(cause, false)]
        while let next = pending.popLast() {
            note(next.cause, in: search)
            if !next.isStep { followLiterals(of: next.cause, in: search) }
        }
        requirements.sort()
        conflicts.sort { ($0.subject, $0.by) < ($1.subject, $1.by) }
        rivals.sort { ($0.subject, $0.by) < ($1.subject, $1.by) }
    }

    private mutating func note(_ cause: Cause, in search: SolverSearch) {
        switch cause.reason {
        case .decision: break
        case .rival: if seenCauses.insert(cause).inserted { rivals.append(cause) }
        case .conflict: if seenCauses.insert(cause).inserted { conflicts.append(cause) }
        case .clause(let index):
            guard seenClauses.insert(index).inserted else { return }
            switch search.clauses[index].origin {
            case .requirement(let requirement): requirements.append(requirement)
            case .learned(let causes): pending += causes.map { ($0, true) }
            }
        }
    }

    /// What a lesson was drawn from may have been decided otherwise since, so only what still stands is followed.
    private mutating func followLiterals(of cause: Cause, in search: SolverSearch) {
        for literal in search.literals(of: cause) where seenPackages.insert(literal.package).inserted {
            pending.append((Cause(reason: search.trail.reason(of: literal.package), subject: literal.package), false))
        }
    }
}

extension Cause {
    /// The package that refuses the subject; who asks, if none does.
    var by: PackagePool.Member {
        switch reason {
        case .rival(let package), .conflict(let package, _): package
        case .decision, .clause: PackagePool.world
        }
    }
}
