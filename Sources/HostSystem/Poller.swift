internal import Glibc

/// Waits for descriptors, by poll(2).
public enum Poller {
    /// What to wait for, and what happened.
    public struct Events: OptionSet, Sendable {
        /// The bits of poll(2).
        public let rawValue: Int16
        /// A set of poll(2)'s bits.
        public init(rawValue: Int16) { self.rawValue = rawValue }
        /// There is something to read, or the end.
        public static let readable = Events(rawValue: Int16(POLLIN))
        /// There is room to write.
        public static let writable = Events(rawValue: Int16(POLLOUT))
        /// The other side has hung up; always reported.
        public static let hungUp = Events(rawValue: Int16(POLLHUP))
        /// The descriptor has failed or is not open; always reported.
        public static let failed = Events(rawValue: Int16(POLLERR | POLLNVAL))
    }

    /// One descriptor and the events to wait for.
    public struct Interest {
        let descriptor: Descriptor
        let events: Events

        /// `events` of `descriptor`.
        public init(_ descriptor: Descriptor, _ events: Events) {
            self.descriptor = descriptor
            self.events = events
        }
    }

    /// Waits until something happens to a descriptor or the time is over; nil waits without end. A signal handler does not end the wait.
    /// - Returns: for each index of `interests` with events, these events. Empty when the time is over.
    public static func wait(
        _ interests: [Interest], timeoutMilliseconds: Int64?
    ) throws(SystemError) -> [Int: Events] {
        // poll passes over negative numbers, so a closed descriptor would never wake anybody.
        var entries = interests.map { pollfd(fd: $0.descriptor.openNumber, events: $0.events.rawValue, revents: 0) }
        let deadline = timeoutMilliseconds.map { Clock.boottimeMilliseconds.addingReportingOverflow($0) }
            .map { $0.overflow ? Int64.max : $0.partialValue }
        while true {
            let rest = deadline.map { Int32(clamping: max(0, $0 - Clock.boottimeMilliseconds)) } ?? -1
            let count = poll(&entries, nfds_t(entries.count), rest)
            if count >= 0 { break }
            let code = errno
            if code != EINTR { throw SystemError(code: code, attempt: "wait for descriptors") }
        }
        withExtendedLifetime(interests) {}
        var result: [Int: Events] = [:]
        for (index, entry) in entries.enumerated() where entry.revents != 0 { result[index] = Events(rawValue: entry.revents) }
        return result
    }
}
