public import FarmModel

/// What holds for builds whose configurations do not say it.
public struct MelangeDefaults: Sendable {
    /// Repositories after those of the configuration.
    public var repositories: [PackageEnvironment.Repository] = []
    /// Keys beside those of the configuration.
    public var keys: [String] = []
    /// Packages beside those of the configuration.
    public var packages: [String] = []
    /// Whether the scripts of packages run in the roots that these are installed in.
    public var runsScripts = false
    /// Whether the log shows each command of the steps.
    public var showsCommands = false
    /// The names of the options that are enabled in the configurations that have them, in the order in which they are applied.
    public var buildOptions: [String] = []
    /// Seconds since 1970: the time of the packages and their files.
    public var buildTime: Int64 = Plan.defaultSourceDateEpoch

    /// No repositories, keys and packages.
    public init() {}
}
