/// One entry of a job's `needs`.
public struct Need: Sendable, Hashable {
    /// Where the needed tree comes from.
    public enum Origin: String, Sendable, CaseIterable {
        /// A job of the same build.
        case build
        /// The newest good artifact of that name known to the farm, resolved and pinned at submission.
        case latest
    }

    /// The needed job's name.
    public var name: String
    /// The needed job's architecture; nil means the needing job's own.
    public var architecture: Architecture?
    /// Same build, or the farm's newest.
    public var origin: Origin
    /// An optional need orders the jobs but its failure or absence does not stop the needing job.
    public var isOptional: Bool

    /// Creates a need; the defaults are those of a bare name.
    public init(name: String, architecture: Architecture? = nil, origin: Origin = .build, isOptional: Bool = false) {
        self.name = name
        self.architecture = architecture
        self.origin = origin
        self.isOptional = isOptional
    }
}
