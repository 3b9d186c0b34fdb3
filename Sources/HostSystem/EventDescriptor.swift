internal import CHostSystem

/// A flag that can be polled: one thread raises it to wake another (eventfd).
public final class EventDescriptor: Sendable {
    /// Readable while the flag is raised.
    public let descriptor: Descriptor

    /// A flag that is not raised.
    public init() throws(SystemError) {
        descriptor = try SystemCall.descriptor("create an event descriptor") { bf_event_descriptor() }
    }

    /// Raises the flag.
    public func raise() throws(SystemError) {
        do {
            try descriptor.writeAll(withUnsafeBytes(of: UInt64(1)) { Array($0) })
        } catch let error where error.wouldBlock {
            // The counter is full, so the flag is raised.
        }
    }

    /// Lowers the flag.
    /// - Returns: whether it was raised.
    @discardableResult
    public func lower() throws(SystemError) -> Bool {
        try descriptor.read(atMost: 8) != nil
    }
}
