import FarmModel
import Testing

/// A hundred thousand histories of finish, insert, cancel, retry, lost and gc, as values.
@Suite struct InterleavingTests {
    @Test(arguments: 0..<16) func everyHistoryKeepsTheRules(part: UInt64) {
        for number in 0..<6_250 {
            let seed = part * 6_250 + UInt64(number)
            var history = Interleaving(seed: seed)
            guard let broken = history.run(24) else { continue }
            var again = Interleaving(seed: seed, keepsLog: true)
            _ = again.run(24)
            Issue.record("seed \(seed): \(broken) after \(again.log.joined(separator: "; "))")
            return
        }
    }
}

/// The same with a real store, whose every state is compared with that of the value.
@Suite struct StoreInterleavingTests {
    @Test(arguments: 0..<8) func theStoreDoesAsTheValueDoes(seed: UInt64) throws {
        let history = try StoreInterleaving(seed: seed)
        for _ in 0..<2_500 {
            guard try history.step() else { return }
        }
    }
}
