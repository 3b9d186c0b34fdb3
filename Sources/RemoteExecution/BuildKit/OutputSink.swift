internal import BuildKitClient
internal import HostSystem
internal import Synchronization

/// Writes the outputs into their folder, as far as they may be that large.
final class OutputSink: TreeSink {
    /// The outputs are larger than they may be.
    struct TooLarge: Error {}

    private let folder: FolderSink
    private let place: String
    private let limit: Int64
    private let size = Mutex<Int64>(0)
    private let reason = Mutex<String?>(nil)

    /// - Parameters:
    ///   - folder: where they go.
    ///   - place: the path below which they come; nil if all that comes belongs to them.
    ///   - limit: how many bytes there may be.
    init(_ folder: Descriptor, below place: String?, limit: Int64?) {
        self.folder = FolderSink(folder)
        self.place = place.map { $0 + "/" } ?? ""
        self.limit = limit ?? .max
    }

    /// Whether it was refused for its size.
    var isTooLarge: Bool { size.withLock { $0 > limit } }

    /// Whether it was not taken as a whole.
    var isRefused: Bool { isTooLarge || refusal != nil }

    /// Why it is not such as outputs may be; nil if it is.
    var refusal: String? { reason.withLock { $0 } }

    func refuse(_ reason: String) { self.reason.withLock { $0 = reason } }

    func add(_ entry: ReceivedEntry) throws {
        if let inner = entry.below(place) { try folder.add(inner) }
    }

    func begin(_ entry: ReceivedEntry) throws -> any FileSink {
        let total = size.withLock { size in
            size = size.addingReportingOverflow(entry.size).partialValue
            return size
        }
        guard total <= limit, let inner = entry.below(place) else { throw TooLarge() }
        return try folder.begin(inner)
    }

    func finish() throws { try folder.finish() }
}

extension ReceivedEntry {
    /// The entry as it is named below a folder; nil if it is not there.
    fileprivate func below(_ place: String) -> ReceivedEntry? {
        // As bytes: a name may begin with a mark that changes the character before it.
        guard path.utf8.starts(with: place.utf8) else { return nil }
        var entry = self
        entry.path = String(path.utf8.dropFirst(place.utf8.count)) ?? path
        if type == .regular, target.utf8.starts(with: place.utf8) {
            entry.target = String(target.utf8.dropFirst(place.utf8.count)) ?? target
        }
        return entry
    }
}
