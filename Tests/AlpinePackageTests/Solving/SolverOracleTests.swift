import Testing

@testable import AlpinePackage

/// Against the definition: of all sets of a few packages, is there one in which nothing is missing and nothing conflicts?
@Suite struct SolverOracleTests {
    @Test(arguments: [0, 1, 50])
    func thereIsASetIfAndOnlyIfOneIsFound(largestJump: Int) {
        var generator = SmallGenerator(state: UInt64(99 + largestJump))
        var found = 0
        for _ in 0..<600 {
            let packages = (0..<8).map { _ in record(&generator) }
            let world = (0...generator.next(below: 3)).map { _ in term(&generator) }
            let resolved = solve(world, packages, largestJump: largestJump)
            let wrong = resolved.map { faults($0.map(\.record), world) } ?? []
            if !wrong.isEmpty || (resolved == nil && hasSet(world, packages)) { report(world, packages, wrong) }
            #expect(resolved?.allSatisfy { !$0.reason.hasPrefix(" ") } ?? true)
            found += resolved == nil ? 0 : 1
        }
        #expect((100...500).contains(found))
    }

    @Test func howFarConflictsGoBackMakesNoDifferenceToWhetherThereIsASet() {
        var generator = SmallGenerator(state: 5)
        var found = 0
        for _ in 0..<80 {
            let packages = (0..<60).map { _ in record(&generator, names: Self.manyNames) }
            let world = (0..<4).map { _ in term(&generator, names: Self.manyNames) }
            let answers = [0, 2, 50].map { solve(world, packages, largestJump: $0) }
            let wrong = answers.compactMap { $0 }.flatMap { faults($0.map(\.record), world) }
            if Set(answers.map { $0 == nil }).count > 1 || !wrong.isEmpty { report(world, packages, wrong) }
            found += answers[0] == nil ? 0 : 1
        }
        #expect((15...70).contains(found))
    }

    private func hasSet(_ world: [Dependency], _ packages: [PackageRecord]) -> Bool {
        (0..<(1 << packages.count)).contains { bits in
            let chosen = packages.indices.filter { bits >> $0 & 1 == 1 }.map { packages[$0] }
            return isMet(world, chosen) && faults(chosen, world).isEmpty
        }
    }

    private func isMet(_ world: [Dependency], _ packages: [PackageRecord]) -> Bool {
        world.allSatisfy { term in packages.contains { meets($0, term) } != term.isConflict }
    }

    private func solve(_ world: [Dependency], _ packages: [PackageRecord], largestJump: Int) -> [ResolvedPackage]? {
        var solver = PackageSolver(sources: [PackageSource(name: "main", packages: packages)], architecture: "x86_64")
        solver.largestJump = largestJump
        return try? solver.solve(world)
    }

    private func report(_ world: [Dependency], _ packages: [PackageRecord], _ faults: [String]) {
        Issue.record(
            "\(world) of \(PackageIndex(packages: packages).text): \(faults.isEmpty ? ["wrong about whether there is a set"] : faults)")
    }

    private static let fewNames = ["a", "b", "c", "d", "x", "y"]
    private static let manyNames = fewNames + (0..<14).map { "m\($0)" }

    /// What is missing or in conflict.
    private func faults(_ packages: [PackageRecord], _ world: [Dependency]) -> [String] {
        var faults: [String] = []
        for (place, package) in packages.enumerated() {
            let others = packages.enumerated().filter { $0.offset != place }.map(\.element)
            for term in package.dependencies {
                let isMet = term.isConflict ? !others.contains { meets($0, term) } : packages.contains { meets($0, term) }
                if !isMet { faults.append("\(package.fileName) says \(term)") }
            }
            for other in others where areRivals(package, other) { faults.append("\(package.fileName) is like \(other.fileName)") }
        }
        return faults + world.filter { term in packages.contains { meets($0, term) } == term.isConflict }.map { "\($0) is asked for" }
    }

    private func names(_ package: PackageRecord) -> [(name: String, version: String)] {
        [(package.name, package.version)] + package.provides.map { ($0.name, $0.version) }
    }

    private func meets(_ package: PackageRecord, _ term: Dependency) -> Bool {
        names(package).contains { $0.name == term.name && term.isSatisfied(byVersion: $0.version) }
    }

    private func areRivals(_ left: PackageRecord, _ right: PackageRecord) -> Bool {
        names(left).contains { mine in
            names(right).contains { $0.name == mine.name && !($0.version.isEmpty && mine.version.isEmpty) }
        }
    }

    private func record(_ generator: inout SmallGenerator, names: [String] = fewNames) -> PackageRecord {
        let own = names.filter { $0 != "x" && $0 != "y" }
        let name = own[generator.next(below: own.count)]
        var record = PackageRecord(name: name, version: "\(1 + generator.next(below: 3))", architecture: "noarch")
        for _ in 0..<generator.next(below: 4) { record.dependencies.append(term(&generator, names: names)) }
        if generator.next(below: 3) == 0 { record.provides = [Dependency(name: ["x", "y", "a"][generator.next(below: 3)])] }
        if generator.next(below: 3) == 0 {
            record.provides.append(Dependency(name: ["x", "y", "b"][generator.next(below: 3)], .equal, version: "2"))
        }
        if generator.next(below: 4) == 0 { record.installIf = [Dependency(name: ["a", "b", "x"][generator.next(below: 3)])] }
        return record
    }

    private func term(_ generator: inout SmallGenerator, names: [String] = fewNames) -> Dependency {
        let name = names[generator.next(below: names.count)]
        let comparison: Dependency.Comparison? = [nil, nil, .less, .greaterOrEqual, .equal][generator.next(below: 5)]
        let version = comparison == nil ? "" : "2"
        return Dependency(name: name, comparison, version: version, isConflict: generator.next(below: 6) == 0)
    }
}
