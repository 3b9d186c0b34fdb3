public import HostSystem
internal import Synchronization

/// Tells the thread that runs a plan to end it. Any thread may ask.
public final class StopRequest: Sendable {
    /// Why a plan is ended early.
    public enum Reason: String, Sendable {
        /// Somebody cancelled the job.
        case cancel
        /// The runner ends; the job goes back to the queue.
        case shutdown
    }

    /// Readable once a stop is asked for.
    public var descriptor: Descriptor { event.descriptor }
    private let event: EventDescriptor
    private let first = Mutex<Reason?>(nil)

    /// Nothing is asked for yet.
    public init() throws(SystemError) { event = try EventDescriptor() }

    /// Why the plan is to end; nil while it may go on.
    public var reason: Reason? { first.withLock { $0 } }

    /// Asks for a stop. Only the first reason counts.
    public func stop(_ reason: Reason) throws(SystemError) {
        first.withLock { $0 = $0 ?? reason }
        try event.raise()
    }
}
