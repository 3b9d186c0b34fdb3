internal import Glibc
internal import Synchronization

/// Runs `body` on `count` threads at once, each with its number from 0, and returns the results in that order.
/// - Throws: the error of the thread with the lowest number that failed.
public func concurrently<T: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) throws -> T) throws -> [T] {
    let results = Results<T>()
    var threads: [pthread_t] = []
    for number in 0..<count {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(ThreadBody { results.set(number, Result { try body(number) }) })
        let code = pthread_create(
            &thread, nil,
            { argument in
                argument.map { Unmanaged<ThreadBody>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, work.toOpaque())
        precondition(code == 0, "cannot start a thread")
        threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    return try results.inOrder()
}

private final class ThreadBody {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private final class Results<T: Sendable>: Sendable {
    private let byNumber = Mutex<[Int: Result<T, any Error>]>([:])

    func set(_ number: Int, _ result: Result<T, any Error>) { byNumber.withLock { $0[number] = result } }

    func inOrder() throws -> [T] {
        let results = byNumber.withLock { $0 }
        return try results.sorted { $0.key < $1.key }.map { try $0.value.get() }
    }
}
