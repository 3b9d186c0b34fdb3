import FarmModel

@testable import AlpinePackage

/// What repositories and packages say in words: indexes, `.PKGINFO`, constraints, versions; the first line of an index is what is asked for.
///
/// What is read means the same when it is written and read again; versions have one order; what is chosen has all that was asked for.
enum IndexTarget {
    static func check(_ input: Input) -> CInt {
        var input = input
        let text = input.bytes
        checkInformation(text)
        let lines = String(decoding: text.prefix(4_096), as: UTF8.self).split(separator: "\n").prefix(12)
        checkVersions(lines.compactMap { PackageVersion($0) })
        for line in lines { checkConstraint(String(line)) }
        checkIndex(world: input.textLine(), input.bytes)
        return 0
    }

    private static func checkInformation(_ text: [UInt8]) {
        reading {
            let info = try PackageInfo(parsing: text)
            let written = info.text(comment: "x")
            let again = try PackageInfo(parsing: Array(written.utf8))
            expect(again.text(comment: "x") == written, "what a package says of itself changes: \(written)")
        }
    }

    private static func checkConstraint(_ text: String) {
        reading {
            let constraint = try Dependency(text)
            expect(try Dependency(constraint.description) == constraint, "a constraint changes: \(text)")
        }
    }

    private static func checkVersions(_ versions: [PackageVersion]) {
        for one in versions {
            expect(PackageVersion(one.description) == one, "a version is not itself: \(one)")
            for other in versions {
                let relations = [one < other, one == other, other < one].filter { $0 }
                expect(relations.count == 1, "two versions have no order: \(one) \(other)")
                expect(one != other || one.hashValue == other.hashValue, "equal versions hash differently: \(one) \(other)")
                for third in versions where one < other && other < third { expect(one < third, "no order: \(one) \(other) \(third)") }
            }
        }
    }

    private static func checkIndex(world: String, _ text: [UInt8]) {
        reading {
            let index = try PackageIndex(parsing: text)
            let again = try PackageIndex(parsing: Array(index.text.utf8))
            expect(again.text == index.text, "an index changes: \(index.text)")
            guard index.packages.count <= 30 else { return }
            checkChoice(try Dependency.list(world, atMost: 8), index.packages)
        }
    }

    private static func checkChoice(_ world: [Dependency], _ packages: [PackageRecord]) {
        var solver = PackageSolver(sources: [PackageSource(name: "x", packages: packages)], architecture: "x86_64")
        solver.largestStepCount = 20_000
        do throws(SolverFailure) {
            let chosen = try solver.solve(world).map(\.record)
            expect(Set(chosen.map(\.name)).count == chosen.count, "a package was chosen twice")
            for asked in world where asked.comparison == nil && asked.tag == nil {
                let isThere = chosen.contains { package in
                    package.name == asked.name || package.provides.contains { $0.name == asked.name }
                }
                expect(isThere != asked.isConflict, "\(asked) is not what was chosen: \(chosen.map(\.name))")
            }
        } catch {
            expect((error.lines + [error.message]).allSatisfy(\.isHarmless), "a raw control character in a message")
        }
    }

    private static func reading(_ body: () throws -> Void) {
        do { try body() } catch let error as FarmError { expect(error.message.isHarmless, "a raw control character in a message") } catch {
            fatalError("\(error)")
        }
    }
}

extension Dependency {
    fileprivate static func list(_ text: String, atMost count: Int) throws -> [Dependency] {
        try text.split(separator: " ").prefix(count).map { try Dependency(String($0)) }
    }
}
