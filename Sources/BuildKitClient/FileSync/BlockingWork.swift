internal import NIOPosix

/// Work that blocks, such as input and output of files, kept away from the few threads of Swift's concurrency, on which sessions would
/// otherwise fall silent.
enum BlockingWork {
    private static let pool: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 8)
        pool.start()
        return pool
    }()

    static func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T { try await pool.runIfActive(work) }
}
