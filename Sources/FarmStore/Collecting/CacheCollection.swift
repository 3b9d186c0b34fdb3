import FarmModel
import HostSystem

/// Removes caches: those whose tree is gone, those that nobody used for long, and, if all together are too large, those used longest ago.
struct CacheCollection {
    private let collector: Collector
    private let folders: CacheFolders

    init(_ collector: Collector) {
        self.collector = collector
        folders = CacheFolders(store: collector.store)
    }

    func collect() throws {
        var kept: [(cache: CacheFolders.Cache, bytes: Int64)] = []
        for place in folders.places {
            for cache in folders.caches(in: place) {
                if let reason = try reason(cache), try remove(cache, reason) { continue }
                if collector.policy.cachesSize != nil { kept.append((cache, folders.bytes(of: cache))) }
            }
        }
        if let size = collector.policy.cachesSize { try makeRoom(size, kept) }
    }

    private func reason(_ cache: CacheFolders.Cache) throws(FarmError) -> String? {
        if cache.isUnfinished { return "it was left unfinished" }
        if let tree = cache.tree, try isGone(tree) { return "its tree is gone" }
        let verdict = RetentionPolicy.verdict(
            lastUse: cache.lastUse, age: collector.policy.cachesAge, verb: "used", now: collector.now)
        if case .removed(let reason) = verdict { return reason }
        return nil
    }

    private func isGone(_ tree: Digest) throws(FarmError) -> Bool {
        let planned = collector.isDryRun ? "AND id NOT IN (SELECT id FROM gone_trees)" : ""
        let sql = "SELECT 1 FROM trees WHERE digest = ? \(planned)"
        return try collector.store.read { database throws(FarmError) in try database.first(sql, tree) { _ in true } } == nil
    }

    private func makeRoom(_ size: Int64, _ kept: [(cache: CacheFolders.Cache, bytes: Int64)]) throws {
        var total = kept.reduce(0) { $0 + $1.bytes }
        let reason = "the caches are larger than \(SizeText.text(bytes: size))"
        for (cache, bytes) in kept.sorted(by: { $0.cache.lastUse < $1.cache.lastUse }) where total > size && bytes > 0 {
            if try remove(cache, reason) { total -= bytes }
        }
    }

    /// Removes a cache, or only says so; false if somebody uses it.
    private func remove(_ cache: CacheFolders.Cache, _ reason: String) throws -> Bool {
        if collector.isDryRun {
            guard !folders.isUsed(cache) else { return false }
            try collector.tell(.cache, cache.path, bytes: folders.bytes(of: cache), reason)
            return true
        }
        guard let lock = folders.lock(cache) else { return false }
        let bytes = folders.bytes(of: cache)
        let trash = try Trash(collector.store.directory)
        for (number, part) in cache.parts.enumerated() { try trash.take(folders.absolute(part), as: "cache-\(number)") }
        // Whoever waits for this lock finds out that it is gone, and opens a new one.
        try? Files.removeFile(lock.path)
        try? lock.unlock()
        try trash.empty()
        try collector.tell(.cache, cache.path, bytes: bytes, reason)
        return true
    }
}
