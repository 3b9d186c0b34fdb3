/// Lets one task at a time do what has a key.
actor KeyedGate {
    private static let pause = Duration.milliseconds(50)
    private var busy: Set<String> = []

    /// Runs `body` once nobody else does with the same key.
    func run<T: Sendable>(_ key: String, _ body: @Sendable () async throws -> T) async throws -> T {
        while busy.contains(key) { try await Task.sleep(for: Self.pause) }
        busy.insert(key)
        defer { busy.remove(key) }
        return try await body()
    }
}
