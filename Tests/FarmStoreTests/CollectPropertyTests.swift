import FarmModel
import TestSupport
import Testing

@testable import FarmStore

/// Random farms under random policies: what is protected is never chosen, and nothing that is referred to is missing afterwards.
@Suite struct CollectPropertyTests {
    @Test(arguments: 0..<12) func nothingProtectedIsEverChosen(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let farm = try CollectFarm()
        for _ in 0..<6 {
            try grow(farm, &random)
            let policy = policy(&random)
            let before = try Protected(farm, policy)
            let planned = try farm.collect(policy, isDryRun: true)
            let removed = try farm.collect(policy)
            #expect(planned.map(\.id) == removed.map(\.id))
            #expect(try before.missing(in: farm).isEmpty)
            #expect(try farm.faults().isEmpty)
            #expect(try farm.collect(policy).isEmpty, "nothing is left for a second run")
        }
    }

    private func grow(_ farm: CollectFarm, _ random: inout SeededGenerator) throws {
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            farm.clock.advance(Int64.random(in: 0...2 * CollectFarm.day, using: &random))
            let names = ["a", "b", "bad-c", "d"].filter { _ in random.chance(60) }
            let graph = Submission(jobs: names.enumerated().map { .named($1, needs: $0 > 0 && $0 % 2 == 0 ? [($0 - 1, true)] : []) })
            guard !graph.jobs.isEmpty else { continue }
            let build = try farm.store.submitNew(graph).id
            let runs = random.chance(80) ? Int.max : Int.random(in: 0...2, using: &random)
            var ended = 0
            while ended < runs, let claim = try farm.runner.claim(Selection(builds: [build])) {
                let content = "\(Int.random(in: 0..<8, using: &random))"
                try farm.finish(claim, files: ["file": content, "common": "x", "sub/file": "\(claim.identity) \(content)"])
                ended += 1
            }
            if random.chance(10) { _ = try farm.store.cancel(.build(build), by: "test") }
            if random.chance(10) {
                _ = try farm.store.pin(.build(build), by: "ann", reason: nil, for: random.chance(50) ? nil : CollectFarm.day)
            }
            let tree = try farm.store.jobs(of: build).compactMap(\.tree).first { $0 != StoredTree.empty.digest }
            if random.chance(10), let tree { _ = try farm.store.pin(.digest(tree), by: "bob", reason: nil, for: nil) }
        }
    }

    private func policy(_ random: inout SeededGenerator) -> RetentionPolicy {
        func age() -> Int64? { random.chance(30) ? nil : Int64.random(in: 0...4 * CollectFarm.day, using: &random) }
        var policy = RetentionPolicy()
        policy.builds = .init(success: age(), failed: age(), cancelled: age())
        policy.logs = .init(success: age(), failed: age(), cancelled: age())
        policy.artifacts = .init(success: age(), failed: age(), cancelled: age())
        policy.buildsKept = Int.random(in: 0...2, using: &random)
        policy.artifactsKept = Int.random(in: 1...3, using: &random)
        if random.chance(30) { policy.size = Int64.random(in: 0...4000, using: &random) }
        return policy
    }
}

/// What a collection must leave alone, found without the code under test.
private struct Protected {
    var builds: [Int64]
    var trees: [Digest]

    init(_ farm: CollectFarm, _ policy: RetentionPolicy) throws {
        let alive = "(expires_ms IS NULL OR expires_ms >= \(farm.clock.now.wallMilliseconds))"
        let builds = try farm.store.read { database throws(FarmError) in
            try database.all(
                "SELECT id FROM builds WHERE ended_ms IS NULL UNION SELECT build FROM pins WHERE build IS NOT NULL AND \(alive)"
            ) {
                $0.integer(0)
            }
        }
        let list = builds.map(String.init).joined(separator: ",")
        let trees = try farm.store.read { database throws(FarmError) in
            try database.all(
                """
                SELECT t.digest FROM trees t WHERE t.id IN (SELECT tree FROM packages)
                    OR t.digest IN (SELECT digest FROM pins WHERE digest IS NOT NULL AND \(alive))
                    OR t.id IN (SELECT r.tree FROM job_trees r JOIN jobs j ON j.id = r.job WHERE j.build IN (\(list)))
                """
            ) { $0.digest(0) }
        }
        let newest = try Self.newest(farm, policy)
        self.builds = builds + newest
        self.trees = trees.compactMap(\.self)
    }

    /// The builds with one of the newest results of a package, by going through all results.
    private static func newest(_ farm: CollectFarm, _ policy: RetentionPolicy) throws -> [Int64] {
        let results = try farm.store.read { database throws(FarmError) in
            try database.all("SELECT build, name, state FROM jobs WHERE state IN ('success', 'failed') ORDER BY id DESC") {
                Result(build: $0.integer(0), name: $0.text(1), state: $0.text(2))
            }
        }
        var counts: [String: Int] = [:]
        return results.filter { result in
            counts["\(result.name) \(result.state)", default: 0] += 1
            return counts["\(result.name) \(result.state)", default: 0] <= policy.buildsKept
        }.map(\.build)
    }

    private struct Result: Sendable {
        var build: Int64
        var name: String
        var state: String
    }

    func missing(in farm: CollectFarm) throws -> [String] {
        var missing: [String] = []
        for build in builds where try !farm.has(BuildID(build)) { missing.append("\(BuildID(build))") }
        for tree in trees where try farm.count("FROM trees WHERE digest = x'\(tree.hex)'") == 0 { missing.append("\(tree)") }
        return missing
    }
}
