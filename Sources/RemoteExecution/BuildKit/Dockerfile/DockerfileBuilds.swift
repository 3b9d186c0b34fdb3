internal import BuildKitClient

/// The builds of one Dockerfile, which differ only in what becomes of the result. The first of them exports the cache, if the daemon can do
/// that by itself.
struct DockerfileBuilds: Sendable {
    /// Whether none was asked for yet.
    private(set) var isFirst = true
    private let build: Build
    private let exports: [Build.Cache]
    private let isInline: Bool

    /// - Parameter name: tells the cache from others in the registry.
    init(_ build: Build, cache: CacheRegistry?, name: String, abilities: Abilities) {
        var build = build
        let choice = cache.map { CacheChoice(registry: $0.registry, name: name, mode: $0.mode, abilities: abilities) }
        build.cacheImports = choice?.imports ?? []
        self.build = build
        exports = choice?.exports ?? []
        isInline = choice?.fallback != nil
    }

    /// The next of them.
    mutating func next() -> Build {
        defer { isFirst = false }
        var build = build
        if isFirst, !isInline { build.cacheExports = exports }
        return build
    }

    /// One whose image has the cache in it; nil if there is no need for that.
    var inlineCache: Build? {
        guard isInline else { return nil }
        var build = build
        build.cacheExports = exports
        return build
    }
}
