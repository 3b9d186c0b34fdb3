/// What a daemon can do that others cannot.
public struct Abilities: Sendable, Equatable {
    /// Its version; nil if it is too old to say.
    public var version: String?
    /// What it can run, its own platform first.
    public var platforms: [Platform]
    /// Merges and differences of file systems.
    public var merges: Bool
    /// Variables whose values are secrets.
    public var hasSecretVariables: Bool
    /// Makes images and archives of images itself. The BuildKit inside dockerd does only over containerd's store; else it puts images into
    /// dockerd's own store by the exporter `moby`.
    public var exportsImages: Bool
    /// Exports its cache to a registry; else it can only put the cache into an image.
    public var exportsCache: Bool

    /// Draws the conclusions. The method that tells the version is younger than all that is asked for here.
    public init(version: String?, workers: [Worker], isEmbedded: Bool) {
        self.version = version
        platforms = workers.first?.platforms ?? []
        let isRecent = version != nil
        merges = isRecent
        hasSecretVariables = isRecent
        let hasContainerdStore = workers.contains { $0.labels["org.mobyproject.buildkit.worker.snapshotter"] != nil }
        exportsImages = !isEmbedded || hasContainerdStore
        exportsCache = !isEmbedded || hasContainerdStore
    }

    /// In words, sorted.
    public var words: [String] {
        var words: [String] = []
        if exportsCache { words.append("cache-export") }
        if exportsImages { words.append("image-export") }
        if merges { words.append("mergeop") }
        if hasSecretVariables { words.append("secret-variables") }
        return words
    }
}
