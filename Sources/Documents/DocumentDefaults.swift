public import FarmModel

/// What holds for documents that do not say it themselves.
public struct DocumentDefaults: Sendable {
    /// What bf goes by where nobody configured anything.
    public static let builtIn = DocumentDefaults()

    /// The architecture.
    public var architecture: Architecture
    /// The caps.
    public var limits: Limits
    /// Which failures are tried again.
    public var retry: RetryPolicy
    /// What holds for melange configurations.
    public var packages = PackageDefaults()

    /// Creates defaults; what is left out is built in.
    public init(architecture: Architecture = .native, limits: Limits = Limits(), retry: RetryPolicy = RetryPolicy()) {
        self.architecture = architecture
        self.limits = limits
        self.retry = retry
    }
}
