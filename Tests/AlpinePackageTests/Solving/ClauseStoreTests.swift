import Testing

@testable import AlpinePackage

@Suite struct ClauseStoreTests {
    @Test func clausesAreWatchedAfterAConflictAsBefore() throws {
        var clauses = ClauseStore(packageCount: 4)
        for other in [PackagePool.Member(2), 3] {
            _ = clauses.add(Clause(literals: [.refused(1), .chosen(other)], origin: .requirement(0)))
        }
        var steps = StepCount(largest: 100)
        var contradicting = Trail(count: 4)
        contradicting.decide(.refused(2), because: .decision)
        contradicting.decide(.chosen(1), because: .decision)
        let conflict = try clauses.visit(.refused(1), &contradicting, &steps)
        #expect(conflict == 0)
        var fresh = Trail(count: 4)
        fresh.decide(.chosen(1), because: .decision)
        let none = try clauses.visit(.refused(1), &fresh, &steps)
        #expect(none == nil && fresh.isChosen(2) && fresh.isChosen(3))
    }

    @Test func watchesMoveToWhatIsNotFalse() throws {
        var clauses = ClauseStore(packageCount: 5)
        _ = clauses.add(Clause(literals: [.chosen(1), .chosen(2), .chosen(3)], origin: .requirement(0)))
        var (trail, steps) = (Trail(count: 5), StepCount(largest: 100))
        trail.decide(.refused(1), because: .decision)
        let first = try clauses.visit(.chosen(1), &trail, &steps)
        #expect(first == nil && trail.isOpen(2) && trail.isOpen(3))
        trail.decide(.refused(3), because: .decision)
        let second = try clauses.visit(.chosen(3), &trail, &steps)
        #expect(second == nil && trail.isChosen(2) && trail.reason(of: 2) == .clause(0))
    }

    @Test func stepsRunOut() throws {
        #expect(throws: SolverFailure.self) {
            var steps = StepCount(largest: 2)
            try steps.add(2)
            try steps.add(1)
        }
    }
}
