internal import FarmModel
internal import HostSystem
internal import Synchronization

/// A piece that is compressed on a thread of its own.
final class DeflateTask: Sendable {
    private let result = Mutex<Result<[UInt8], FarmError>?>(nil)
    /// Closed once the result is there.
    private let running: Descriptor?

    /// Starts it. Where no thread can be had, it is done at once.
    init(_ piece: [UInt8], after dictionary: [UInt8], isLast: Bool) {
        guard let pipe = try? Descriptor.pipe() else {
            running = nil
            store(Self.compress(piece, dictionary, isLast))
            return
        }
        running = pipe.readEnd
        let body: @Sendable () -> Void = {
            self.store(Self.compress(piece, dictionary, isLast))
            pipe.writeEnd.close()
        }
        do { try Threads.start(body) } catch { body() }
    }

    /// Waits for the compressed bytes.
    func wait() throws(FarmError) -> [UInt8] {
        _ = try? running?.read(atMost: 1)
        guard let result = result.withLock({ $0 }) else { throw FarmError(.internalError, "a piece of a package was not compressed") }
        return try result.get()
    }

    private func store(_ outcome: Result<[UInt8], FarmError>) { result.withLock { $0 = outcome } }

    private static func compress(_ piece: [UInt8], _ dictionary: [UInt8], _ isLast: Bool) -> Result<[UInt8], FarmError> {
        do throws(FarmError) { return .success(try Deflate.compress(piece, after: dictionary, isLast: isLast)) } catch {
            return .failure(error)
        }
    }
}
