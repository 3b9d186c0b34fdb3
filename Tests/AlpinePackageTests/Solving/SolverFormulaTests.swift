import Testing

@testable import AlpinePackage

/// Formulas about which the search has to try much: each variable is a package of two versions, each clause a name that three of them provide.
@Suite struct SolverFormulaTests {
    private static let variableCount = 10

    @Test(arguments: [0, 1, 50])
    func formulas(largestJump: Int) {
        var generator = SmallGenerator(state: UInt64(1_000 + largestJump))
        var (found, wrong) = (0, 0)
        for _ in 0..<80 {
            let clauses = (0..<42).map { _ in clause(&generator) }
            let source = PackageSource(name: "main", packages: packages(for: clauses))
            var solver = PackageSolver(sources: [source], architecture: "x86_64")
            solver.largestJump = largestJump
            let chosen = try? solver.solve(clauses.indices.map { Dependency(name: "clause\($0)") })
            let exists = (0..<(1 << Self.variableCount)).contains { bits in
                clauses.allSatisfy { $0.contains { bits >> $0.variable & 1 == $0.value } }
            }
            if (chosen != nil) != exists || !(chosen.map { holds($0, clauses) } ?? true) { wrong += 1 }
            found += chosen == nil ? 0 : 1
        }
        #expect(wrong == 0)
        #expect((20...75).contains(found))
    }

    private typealias Term = (variable: Int, value: Int)

    private func clause(_ generator: inout SmallGenerator) -> [Term] {
        (0..<3).map { _ in (generator.next(below: Self.variableCount), generator.next(below: 2)) }
    }

    private func packages(for clauses: [[Term]]) -> [PackageRecord] {
        (0..<Self.variableCount).flatMap { variable in
            (0...1).map { value in
                var record = PackageRecord(name: "v\(variable)", version: "\(value)", architecture: "noarch")
                for (place, clause) in clauses.enumerated() where clause.contains(where: { $0 == (variable, value) }) {
                    record.provides.append(Dependency(name: "clause\(place)"))
                }
                return record
            }
        }
    }

    private func holds(_ chosen: [ResolvedPackage], _ clauses: [[Term]]) -> Bool {
        let values = Dictionary(grouping: chosen, by: \.record.name).mapValues { $0.map(\.record.version) }
        return values.values.allSatisfy { $0.count == 1 }
            && clauses.allSatisfy { $0.contains { values["v\($0.variable)"] == ["\($0.value)"] } }
    }
}
