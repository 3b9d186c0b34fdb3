extension SolverSearch {
    /// Draws a lesson from a conflict, a clause that would have prevented it, and goes back to where that decides something, or, if that
    /// is far, a single level: what was chosen in between is most likely to be chosen again
    /// (A. Nadel, V. Ryvchin, "Chronological Backtracking", 2018).
    ///
    /// - Parameter level: What was decided up to here stays.
    /// - Returns: The lesson, if it contradicts what still holds.
    mutating func learn(from cause: Cause, keeping level: Int) throws(SolverFailure) -> Cause? {
        let lesson = try lesson(of: cause)
        let asserted = lesson.literals[0]
        let home = lesson.literals.count > 1 ? trail.level(of: lesson.literals[1].package) : 0
        let isFar = trail.level - home > largestJump
        let target = max(isFar ? trail.level - 1 : home, level)
        trail.back(to: target)
        agenda.back(to: target)
        let index = clauses.add(lesson)
        guard trail.value(of: asserted) == nil else { return Cause(reason: .clause(index), subject: asserted.package) }
        trail.decide(asserted, because: .clause(index), downTo: home)
        return nil
    }

    /// Follows the reasons of a conflict back to the one literal of the current level that they all go through.
    private mutating func lesson(of conflict: Cause) throws(SolverFailure) -> Clause {
        var literals: [Literal] = []
        var causes: [Cause] = []
        var marked: Set<PackagePool.Member> = []
        var (cause, position, open) = (conflict, trail.literals.count, 0)
        repeat {
            causes.append(cause)
            let involved = self.literals(of: cause)
            try steps.add(1 + involved.count)
            for literal in involved where marked.insert(literal.package).inserted {
                if trail.level(of: literal.package) == trail.level {
                    open += 1
                } else {
                    literals.append(literal)
                }
            }
            repeat { position -= 1 } while !marked.contains(trail.literals[position].package)
            open -= 1
            let subject = trail.literals[position].package
            cause = Cause(reason: trail.reason(of: subject), subject: subject)
        } while open > 0
        literals.sort { trail.level(of: $0.package) > trail.level(of: $1.package) }
        return Clause(literals: [trail.literals[position].negated] + literals, origin: .learned(causes))
    }

    /// The literals of which, by a cause, at least one must hold.
    func literals(of cause: Cause) -> [Literal] {
        switch cause.reason {
        case .decision: []
        case .clause(let index): clauses[index].literals
        case .rival(let other), .conflict(let other, _): [.refused(other), .refused(cause.subject)]
        }
    }
}
