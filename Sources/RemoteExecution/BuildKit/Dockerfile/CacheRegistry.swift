internal import BuildKitClient
internal import HostSystem

/// Where the caches of Dockerfiles are kept, as the runner's variables `CACHE_REGISTRY` and `CACHE_MODE` say it.
struct CacheRegistry: Sendable, Equatable {
    /// A registry, and a path in it.
    var registry: String
    /// How much is kept.
    var mode = CacheChoice.Mode.max

    /// nil if the variable is not set.
    static var ofEnvironment: CacheRegistry? {
        guard let text = Environment.value("CACHE_REGISTRY") else { return nil }
        return CacheRegistry(text, mode: Environment.value("CACHE_MODE"))
    }

    /// Reads both; a scheme and slashes at the end are dropped.
    init?(_ text: String, mode: String?) {
        var name = text[...]
        if let scheme = name.ranges(of: "://").first { name = name[scheme.upperBound...] }
        while name.hasSuffix("/") { name = name.dropLast() }
        guard !name.isEmpty else { return nil }
        registry = String(name)
        self.mode = mode.flatMap(CacheChoice.Mode.init(rawValue:)) ?? .max
    }
}
