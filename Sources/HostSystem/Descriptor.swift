internal import CHostSystem
internal import Glibc
internal import Synchronization

/// A file descriptor, closed when its last reference goes.
///
/// Hold the object in a variable as long as its `number` is in use.
public final class Descriptor: Sendable {
    private let storage: Atomic<Int32>
    private let isOwned: Bool

    /// Takes over a descriptor, which is closed with this object.
    public init(owning number: Int32) {
        storage = Atomic(number)
        isOwned = true
    }

    /// A descriptor that belongs to someone else and is never closed by this object.
    public init(borrowing number: Int32) {
        storage = Atomic(number)
        isOwned = false
    }

    deinit { close() }

    /// The standard input of this process.
    public static let standardInput = Descriptor(borrowing: 0)
    /// The standard output of this process.
    public static let standardOutput = Descriptor(borrowing: 1)
    /// The standard error of this process.
    public static let standardError = Descriptor(borrowing: 2)

    /// The descriptor's number, -1 once closed.
    public var number: Int32 { storage.load(ordering: .acquiring) }

    /// The number, and once closed one that no open descriptor has: many calls give -1 a meaning of its own.
    var openNumber: Int32 {
        let number = self.number
        return number < 0 ? .max : number
    }

    /// Closes the descriptor now. A second call does nothing.
    public func close() {
        let number = storage.exchange(-1, ordering: .acquiringAndReleasing)
        if isOwned && number >= 0 { _ = Glibc.close(number) }
    }

    /// The number, for somebody who closes it from now on; this object does not.
    public func release() -> Int32 { storage.exchange(-1, ordering: .acquiringAndReleasing) }

    /// A second descriptor of the same open file, close-on-exec.
    /// - Throws: `SystemError`, for instance when no descriptor is left.
    public func duplicate() throws(SystemError) -> Descriptor {
        try SystemCall.descriptor("duplicate a descriptor") { bf_duplicate(number) }
    }

    /// Lets reads and writes fail with `EAGAIN` instead of waiting.
    public func setNonBlocking() throws(SystemError) {
        try SystemCall.value("change a descriptor") { bf_set_non_blocking(number) }
    }

    /// A pipe, both ends close-on-exec.
    /// - Parameter waits: Whether reads wait; else they are as after ``setNonBlocking()``.
    public static func pipe(readEndWaits waits: Bool = true) throws(SystemError) -> (readEnd: Descriptor, writeEnd: Descriptor) {
        var ends: [Int32] = [-1, -1]
        try SystemCall.value("create a pipe") { waits ? bf_pipe(&ends) : bf_pipe_without_wait(&ends) }
        return (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    }

    /// A nameless file in memory that holds `bytes`, its offset at the start: a standard input that needs nobody to feed it.
    public static func inMemory(_ bytes: [UInt8]) throws(SystemError) -> Descriptor {
        let file = try SystemCall.descriptor("create a file in memory") { bf_memory_file("input") }
        try file.writeAll(bytes)
        try file.seek(to: 0)
        return file
    }
}
