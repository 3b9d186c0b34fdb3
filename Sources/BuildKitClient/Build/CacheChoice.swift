/// Which caches a build reads and writes, as the variables `CACHE_REGISTRY` and `CACHE_MODE` ask for it and a daemon can do it.
public struct CacheChoice: Sendable, Equatable {
    /// How much is kept.
    public enum Mode: String, Sendable, CaseIterable {
        /// What the result stands on.
        case min
        /// Every step.
        case max
    }

    /// Caches that are read.
    public var imports: [Build.Cache]
    /// Caches that are written.
    public var exports: [Build.Cache]
    /// What was done in place of what was asked for, in a sentence; nil if nothing.
    public var fallback: String?

    /// - Parameters:
    ///   - registry: where caches are kept, for instance `HOST:PORT/cache`.
    ///   - name: tells this cache from others there.
    ///   - mode: how much is kept.
    public init(registry: String, name: String, mode: Mode, abilities: Abilities) {
        let reference = "\(registry)/\(name)"
        imports = [Build.Cache(type: "registry", attributes: ["ref": reference])]
        if abilities.exportsCache {
            exports = [Build.Cache(type: "registry", attributes: ["ref": reference, "mode": mode.rawValue])]
            fallback = nil
        } else {
            exports = [Build.Cache(type: "inline")]
            fallback = "the daemon cannot export its cache to a registry, so it goes into the image"
        }
    }
}
