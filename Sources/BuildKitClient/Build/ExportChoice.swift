/// How a daemon comes to a result that is wanted.
public struct ExportChoice: Sendable, Equatable {
    /// What is still to be done with dockerd itself once the build is done.
    public enum EngineStep: Sendable, Equatable {
        /// The image is pushed by its name.
        case push(String)
        /// The image is fetched as an archive.
        case save(String)
    }

    /// What the daemon is asked for.
    public var export: Export
    /// What is done after that.
    public var step: EngineStep?
    /// What was done in place of what was asked for, in a sentence; nil if nothing.
    public var fallback: String?

    /// Chooses what comes to the same as `wanted`.
    /// - Parameter name: the image's name, where a fallback needs one.
    public init(_ wanted: Export, name: String, abilities: Abilities) {
        export = wanted
        guard !abilities.exportsImages else { return }
        switch wanted.type {
        case "image":
            export = .moby(name: name)
            if wanted.attributes["push"] == "true" { step = .push(name) }
            fallback =
                "the daemon has no exporter for images, so dockerd's store got the image" + (step == nil ? "" : " and dockerd pushed it")
        case "oci", "docker":
            export = .moby(name: name)
            step = .save(name)
            fallback = "the daemon has no exporter for archives of images, so dockerd saved the image"
        default: break
        }
    }
}
