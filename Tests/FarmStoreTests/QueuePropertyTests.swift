import Testing

@Suite struct QueuePropertyTests {
    @Test(arguments: 0..<32) func rulesHoldAfterEveryOperation(seed: Int) throws {
        let model = try QueueModel(seed: UInt64(seed))
        for _ in 0..<150 where try !model.step() { return }
        _ = try model.drain()
    }
}
