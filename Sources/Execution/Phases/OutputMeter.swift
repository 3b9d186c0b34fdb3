internal import HostSystem

/// Watches how much lies in the folder of the outputs, at intervals that keep the cost low.
final class OutputMeter {
    /// The least time between two looks, in milliseconds.
    private static let shortestInterval: Int64 = 3_000
    /// A look may take this share of the time between two.
    private static let costFactor: Int64 = 50
    /// What is deeper than this does not become an artifact either.
    private static let deepest = 256

    private let folder: String
    private let limit: Int64?
    private(set) var nextCheck: Int64?

    /// A meter of a folder; without a limit it never looks.
    init(folder: String, limit: Int64?) {
        self.folder = folder
        self.limit = limit
        nextCheck = limit == nil ? nil : Clock.boottimeMilliseconds + Self.shortestInterval
    }

    /// Looks if it is time for it.
    func isOverLimit(at now: Int64) -> Bool {
        guard let check = nextCheck, now >= check else { return false }
        let result = isOverLimitNow()
        let end = Clock.boottimeMilliseconds
        nextCheck = end + max(Self.shortestInterval, (end - now) * Self.costFactor)
        return result
    }

    /// Looks now. What vanishes or cannot be read meanwhile does not count.
    func isOverLimitNow() -> Bool {
        guard let limit, let root = try? Files.open(folder, [.read, .folder, .noFollow]), (try? root.isEmptyFolder()) != true else {
            return false
        }
        var rest = limit
        subtract(root, &rest, depth: 0)
        return rest < 0
    }

    private func subtract(_ folder: Descriptor, _ rest: inout Int64, depth: Int) {
        guard depth < Self.deepest, let entries = try? folder.entries() else { return }
        for entry in entries where rest >= 0 {
            guard let name = entry.name else { continue }
            if entry.type == .regular, let status = try? Files.status(name, in: folder) { rest -= status.size }
            if entry.type == .folder, let inner = try? Files.open(name, [.read, .folder, .noFollow], in: folder) {
                subtract(inner, &rest, depth: depth + 1)
            }
        }
    }
}
