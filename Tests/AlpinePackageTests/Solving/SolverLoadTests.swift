import Testing

@testable import AlpinePackage

@Suite struct SolverLoadTests {
    /// Packages in layers, each of several versions: shared libraries, commands, constraints, companions, broken ones among the newest.
    private static func synthetic(count: Int) -> [PackageRecord] {
        var generator = SmallGenerator(state: 11)
        return (0..<count).flatMap { number in
            (1...2).map { version in
                var record = PackageRecord(name: "p\(number)", version: "\(version).0-r0", architecture: "x86_64")
                record.provides = [
                    Dependency(name: "so:lib\(number).so", .equal, version: "\(version)"),
                    Dependency(name: "cmd:p\(number)", .equal, version: "1"),
                    Dependency(name: "virtual\(number / 20)"),
                ]
                for _ in 0..<min(number, 3) {
                    let other = generator.next(below: number)
                    record.dependencies.append(
                        [
                            Dependency(name: "so:lib\(other).so"), Dependency(name: "p\(other)", .greaterOrEqual, version: "1"),
                            Dependency(name: "cmd:p\(other)"), Dependency(name: other < 20 ? "p\(other)" : "virtual\(other / 20 - 1)"),
                        ][generator.next(below: 4)])
                }
                if version == 2, number % 7 == 0 { record.dependencies.append(Dependency(name: "so:gone.so")) }
                if number % 50 == 0 { record.installIf = [Dependency(name: "p\(number / 2)"), Dependency(name: "p3")] }
                return record
            }
        }
    }

    @Test func manyPackages() throws {
        let solver = PackageSolver(sources: [PackageSource(name: "main", packages: Self.synthetic(count: 10_000))], architecture: "x86_64")
        let world = (0..<100).map { Dependency(name: "p\($0 * 97 + 3)") }
        let resolved = try solver.solve(world)
        #expect(resolved.count > 100)
        #expect(Set(resolved.map(\.record.name)).count == resolved.count)
        expectComplete(resolved, world)
        #expect(try solver.solve(world) == resolved)
    }

    /// Everything that is needed is there, and before it is needed: these packages have no cycles.
    private func expectComplete(_ resolved: [ResolvedPackage], _ world: [Dependency]) {
        var provided: [String: [String]] = [:]
        var missing: [String] = []
        for record in resolved.map(\.record) {
            for term in [Dependency(name: record.name, .equal, version: record.version)] + record.provides {
                provided[term.name, default: []].append(term.version)
            }
            for term in record.dependencies {
                let isThere = provided[term.name]?.contains { term.isSatisfied(byVersion: $0) } ?? false
                if !isThere { missing.append("\(record.fileName) needs \(term)") }
            }
        }
        #expect(missing.isEmpty)
        #expect(world.allSatisfy { provided[$0.name] != nil })
    }

    /// That more pigeons than holes cannot each have a hole takes exponentially many steps to prove this way.
    @Test func searchesEnd() throws {
        let pigeons = 12
        var packages: [PackageRecord] = []
        for pigeon in 0..<pigeons {
            for hole in 0..<(pigeons - 1) {
                var record = PackageRecord(name: "pigeon\(pigeon)", version: "\(hole)", architecture: "noarch")
                record.provides = [Dependency(name: "hole\(hole)", .equal, version: "1")]
                packages.append(record)
            }
        }
        var solver = PackageSolver(sources: [PackageSource(name: "main", packages: packages)], architecture: "x86_64")
        solver.largestStepCount = 100_000
        let failure = #expect(throws: SolverFailure.self) { try solver.solve((0..<pigeons).map { Dependency(name: "pigeon\($0)") }) }
        #expect(
            failure?.message
                == "no set of packages was found in 100000 steps; ask for certain versions of some packages, or for fewer packages")
    }

    @Test func smallExponentialGraphsAreSolved() throws {
        let layers = (0..<40).flatMap { layer in
            ["a", "b"].map { "\($0)\(layer) 1 D:\(layer == 39 ? "end" : "a\(layer + 1),b\(layer + 1)")" }
        }
        let packages = (layers + ["end 2 D:gone", "end 1"]).joined(separator: "\n")
        #expect(try chosen("a0 b0", from: PackageSource(packages)).count == 81)
        let lines = try failure("a0 b0", from: PackageSource(packages.replacing("end 1", with: "end 1 D:gone"))).lines
        #expect(lines.count == 42 && lines.last == "end-2 needs gone, nobody provides it")
    }

    @Test func longChainsNeedNoStack() throws {
        let count = 20_000
        let packages = (0..<count).map { number in
            var record = PackageRecord(name: "p\(number)", version: "1", architecture: "noarch")
            record.dependencies = [Dependency(name: "p\(number + 1)")]
            return record
        }
        let broken = PackageSolver(sources: [PackageSource(name: "main", packages: packages)], architecture: "x86_64")
        let failure = #expect(throws: SolverFailure.self) { try broken.solve([Dependency(name: "p0")]) }
        #expect(failure?.lines.count == count + 1)
        let last = PackageRecord(name: "p\(count)", version: "1", architecture: "noarch")
        let whole = PackageSolver(sources: [PackageSource(name: "main", packages: packages + [last])], architecture: "x86_64")
        #expect(try whole.solve([Dependency(name: "p0")]).first?.record == last)
    }

    @Test func manyProvidersOfOneNameEndByTheStepCount() throws {
        let packages = (0..<3_000).map { number in
            var record = PackageRecord(name: "p\(number)", version: "1", architecture: "noarch")
            record.provides = [Dependency(name: "x")]
            record.dependencies = [Dependency(name: "x", .greater, version: "\(number)")]
            return record
        }
        var solver = PackageSolver(sources: [PackageSource(name: "main", packages: packages)], architecture: "x86_64")
        solver.largestStepCount = 50_000
        let failure = #expect(throws: SolverFailure.self) { try solver.solve([Dependency(name: "x")]) }
        #expect(failure?.message.hasPrefix("no set of packages was found in 50000 steps") == true)
    }
}
