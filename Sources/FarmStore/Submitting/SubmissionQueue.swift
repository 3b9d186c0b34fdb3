public import FarmModel
internal import HostSystem
internal import Synchronization

/// Joins the submissions of many callers into few transactions, each with one wait for the disk.
///
/// While one transaction is on its way to the disk, what comes in waits, and goes with the next one. Nobody waits for others to come. Each
/// caller is answered when its build is durable, or refused. A thread works as long as something waits.
public final class SubmissionQueue: Sendable {
    /// Told what became of a submission, on a thread of the queue, which it must not keep.
    public typealias Answer = @Sendable (Result<Store.SubmitOutcome, FarmError>) -> Void

    /// How much is taken in and joined.
    public struct Limits: Sendable {
        /// Submissions in one transaction.
        public var submissions = 256
        /// Jobs in one transaction, unless a single submission has more: other writers wait for all of them.
        public var jobs = 2000
        /// Submissions that wait.
        public var waiting = 10_000
        /// Bytes of documents that wait.
        public var waitingBytes = 256 << 20

        /// What suits a server.
        public init() {}
    }

    private struct Waiting: Sendable {
        var submission: EncodedSubmission
        var answer: Answer
    }

    private struct State {
        var waiting: [Waiting] = []
        var bytes = 0
        var hasWorker = false
    }

    private let store: Store
    private let limits: Limits
    private let state = Mutex(State())

    /// Makes a queue before a store.
    public init(store: Store, limits: Limits = Limits()) {
        self.store = store
        self.limits = limits
    }

    /// Takes a submission. What needs no database is worked out on the calling thread.
    /// - Parameter answer: Called once: at once if the submission is refused unseen, `temporary` if too many wait.
    public func submit(_ submission: Submission, _ answer: @escaping Answer) {
        let encoded: EncodedSubmission
        do throws(FarmError) {
            encoded = try EncodedSubmission(submission, directory: store.directory)
        } catch {
            return answer(.failure(error))
        }
        switch take(Waiting(submission: encoded, answer: answer)) {
        case .refused: answer(.failure(FarmError(.temporary, "too many submissions wait to be stored; try again in a moment")))
        case .joined: return
        case .first: startWorker()
        }
    }

    private enum Place {
        case refused, joined, first
    }

    private func take(_ new: Waiting) -> Place {
        let bytes = new.submission.bytes
        return state.withLock { state in
            let isFull = state.waiting.count >= limits.waiting || state.bytes + bytes > limits.waitingBytes
            if isFull, !state.waiting.isEmpty { return .refused }
            state.waiting.append(new)
            state.bytes += bytes
            defer { state.hasWorker = true }
            return state.hasWorker ? .joined : .first
        }
    }

    private func startWorker() {
        do throws(SystemError) { try Threads.start { self.work() } } catch { work() }
    }

    private func work() {
        while let batch = nextBatch() {
            let answers: [Result<Store.SubmitOutcome, FarmError>]
            do throws(FarmError) {
                answers = try store.submit(encoded: batch.map(\.submission))
            } catch {
                answers = batch.map { _ in .failure(error) }
            }
            for (waiting, answer) in zip(batch, answers) { waiting.answer(answer) }
        }
    }

    /// What goes into the next transaction, in the order it came; nil, and no worker any more, if nothing waits.
    private func nextBatch() -> [Waiting]? {
        state.withLock { state in
            var jobs = 0
            let batch = state.waiting.prefix(limits.submissions).prefix { waiting in
                let isFirst = jobs == 0
                jobs += waiting.submission.documents.count
                return isFirst || jobs <= limits.jobs
            }
            state.bytes -= batch.reduce(0) { $0 + $1.submission.bytes }
            state.waiting.removeFirst(batch.count)
            state.hasWorker = !batch.isEmpty
            return batch.isEmpty ? nil : Array(batch)
        }
    }
}
