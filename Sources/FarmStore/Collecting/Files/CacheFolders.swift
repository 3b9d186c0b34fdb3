import FarmModel
import HostSystem

/// The caches: each is a file or folder with a lock beside it, whose time is that of the last use. What is read in one go, and written in the
/// place of what was there, needs no lock; its own time counts then.
struct CacheFolders {
    let store: Store

    /// One cache.
    struct Cache: Sendable {
        /// Below the state directory.
        var path: String
        /// Milliseconds since 1970.
        var lastUse: Int64
        /// The tree that it is a copy of, for a laid out tree.
        var tree: Digest?
        /// True if there is nothing of use in it: whoever was making or removing it was stopped.
        var isUnfinished: Bool
        /// What belongs to it, with its own path, below the state directory.
        var parts: [String]
    }

    private static let unfinished = ".new"
    private static let partial = ".partial"
    private static let lockSuffix = ".lock"

    /// The folders that caches lie in, below the state directory.
    var places: [String] {
        let sources = "cache/sources/sources"
        let divided = ["\(sources)/sha256", "\(sources)/sha512", "cache/packages"].flatMap { folder in
            entries(folder).filter { $0.type == .folder }.compactMap(\.name).map { "\(folder)/\($0)" }
        }
        let packages = ["indexes", "keys", "resolutions"].map { "cache/\($0)" }
        return ["cache/trees", "cache/roots", "cache/volumes", "cache/sources/git", "\(sources)/unchecked"] + packages + divided
    }

    /// The caches in a place, sorted by name.
    func caches(in place: String) -> [Cache] {
        var parts: [String: [String]] = [:]
        for name in entries(place).compactMap(\.name) {
            let suffix = [Self.lockSuffix, Self.unfinished, Self.partial].first { name.hasSuffix($0) } ?? ""
            let own = suffix == Self.lockSuffix ? [] : ["\(place)/\(name)"]
            parts[String(name.dropLast(suffix.utf8.count)), default: []] += own
        }
        return parts.sorted { $0.key < $1.key }.map { name, parts in cache(name, in: place, parts) }
    }

    private func cache(_ name: String, in place: String, _ parts: [String]) -> Cache {
        let path = "\(place)/\(name)"
        let times = [path + Self.lockSuffix] + parts
        let status = times.lazy.compactMap { (try? Files.statusIfPresent(absolute($0))) ?? nil }.first
        return Cache(
            path: path, lastUse: (status?.modifiedNanoseconds ?? 0) / 1_000_000,
            tree: place == "cache/trees" ? name.split(separator: "@").first.flatMap { Digest($0) } : nil,
            isUnfinished: !parts.contains { !$0.hasSuffix(Self.unfinished) }, parts: parts)
    }

    /// How much a cache takes, in bytes.
    func bytes(of cache: Cache) -> Int64 { cache.parts.reduce(0) { $0 + FolderSize.bytes(absolute($1)) } }

    /// The lock of a cache, held alone; nil if somebody uses it.
    func lock(_ cache: Cache) -> FileLock? {
        let path = absolute(cache.path) + Self.lockSuffix
        guard let lock = try? FileLock(path: path), (try? lock.tryExclusive()) == true, lock.isCurrent else { return nil }
        return lock
    }

    /// True while somebody uses a cache. Makes no lock file.
    func isUsed(_ cache: Cache) -> Bool {
        let path = absolute(cache.path) + Self.lockSuffix
        guard ((try? Files.statusIfPresent(path)) ?? nil) != nil else { return false }
        return lock(cache) == nil
    }

    func absolute(_ path: String) -> String { "\(store.directory.path)/\(path)" }

    private func entries(_ place: String) -> [FolderEntry] { (try? Files.entries(of: absolute(place))) ?? [] }
}
