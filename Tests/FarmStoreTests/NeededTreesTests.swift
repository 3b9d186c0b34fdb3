import FarmModel
import TestSupport
import Testing

@testable import FarmStore

/// What a job sees of those it needs, however much of it was looked up before.
@Suite struct NeededTreesTests {
    private let farm: CollectFarm

    init() throws { farm = try CollectFarm() }

    /// Random layered graphs: a store that remembers says of each job what one says that walks the graph.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func whatIsRememberedIsWhatAWalkFinds(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let jobs = (0..<20).map { number in
            let below = Array(0..<(number / 4 * 4))
            let needs = Set((0..<min(3, below.count)).compactMap { _ in below.randomElement(using: &random) })
            return Submission.Job.named("j\(number)", needs: needs.map { (position: $0, isOptional: false) })
        }
        let build = try farm.store.submitNew(Submission(jobs: jobs)).id
        let other = try Store.open(farm.store.directory, command: "test") { _ in }
        while let claim = try farm.runner.claim(Selection(builds: [build])) {
            // Some jobs are unchanged and never asked for, so their dependents have to walk.
            if Bool.random(using: &random) {
                let remembered = try farm.store.neededTrees(of: claim.job)
                let walked = try other.read { database throws(FarmError) in
                    try NeededTreeReader(database: database).trees(neededBy: claim.job)
                }
                #expect(remembered == walked, "\(claim.identity.name)")
            }
            let files = Bool.random(using: &random) ? ["file": claim.identity.name] : [:]
            if files.isEmpty { try farm.runner.finish(claim, .good) } else { try farm.finish(claim, files: files) }
        }
        #expect(try farm.store.build(build).state == .success)
    }
}
