internal import CHostSystem

/// Watches files and folders for changes.
public final class Inotify: Sendable {
    /// What is watched, and what happened.
    public struct Events: OptionSet, Sendable {
        /// The bits of inotify(7).
        public let rawValue: UInt32
        /// A set of inotify's bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        private init(_ event: bf_watch_event) { rawValue = event.rawValue }

        /// Content was written or cut.
        public static let modified = Events(BF_WATCH_MODIFIED)
        /// Times, permissions, owner or number of names changed.
        public static let attributes = Events(BF_WATCH_ATTRIBUTES)
        /// A descriptor for writing was closed.
        public static let written = Events(BF_WATCH_WRITTEN)
        /// A file was moved out of the folder.
        public static let movedFrom = Events(BF_WATCH_MOVED_FROM)
        /// A file was moved into the folder.
        public static let movedTo = Events(BF_WATCH_MOVED_TO)
        /// A file was created in the folder.
        public static let created = Events(BF_WATCH_CREATED)
        /// A file was removed from the folder.
        public static let deleted = Events(BF_WATCH_DELETED)
        /// What is watched was removed.
        public static let selfDeleted = Events(BF_WATCH_SELF_DELETED)
        /// What is watched was moved.
        public static let selfMoved = Events(BF_WATCH_SELF_MOVED)
        /// Events were lost; always reported.
        public static let overflow = Events(BF_WATCH_OVERFLOW)
        /// The watch has ended; always reported.
        public static let ended = Events(BF_WATCH_IGNORED)

        /// Changes of a file.
        public static let fileChanges: Events = [.modified, .written, .attributes]
        /// Changes of a folder's entries.
        public static let folderChanges: Events = [.created, .deleted, .movedFrom, .movedTo, .written]
    }

    /// One event.
    public struct Event: Sendable, Equatable {
        /// The watch it belongs to, as returned by `watch`; -1 for an overflow.
        public let watch: Int32
        /// What happened.
        public let events: Events
        /// The name of the folder's entry; empty for what is watched itself.
        public let name: [UInt8]
    }

    /// Readable while events wait.
    public let descriptor: Descriptor

    /// - Throws: `SystemError`; `isLimitReached` when the user has no instance left.
    public init() throws(SystemError) {
        descriptor = try SystemCall.descriptor("create an inotify instance") { bf_inotify_create() }
    }

    /// Watches a file or folder from now on.
    /// - Returns: the watch's number.
    /// - Throws: `SystemError`; `isLimitReached` when the user has no watch left.
    @discardableResult
    public func watch(_ path: String, _ events: Events) throws(SystemError) -> Int32 {
        try SystemCall.value("watch", path) { bf_inotify_add(descriptor.number, path, events.rawValue) }
    }

    /// Ends a watch.
    public func remove(_ watch: Int32) throws(SystemError) {
        try SystemCall.value("end a watch") { bf_inotify_remove(descriptor.number, watch) }
    }

    /// Takes the events that wait, at most some thousand; empty when there are none.
    public func drain() throws(SystemError) -> [Event] {
        try descriptor.read(atMost: 64 * 1024).map(Self.parse) ?? []
    }

    /// The kernel's form of an event: watch, bits, cookie, length of the name, each of 4 bytes; then the name, filled up with zeros.
    private static func parse(_ bytes: [UInt8]) -> [Event] {
        let headerSize = 16
        var result: [Event] = []
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset + headerSize <= bytes.count {
                let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                let start = offset + headerSize
                guard start + length <= bytes.count else { return }
                result.append(
                    Event(
                        watch: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self),
                        events: Events(rawValue: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)),
                        name: Array(bytes[start..<start + length].prefix { $0 != 0 })))
                offset = start + length
            }
        }
        return result
    }
}
