public import FarmModel

/// What holds for melange configurations beside what they say themselves.
public struct PackageDefaults: Sendable {
    /// What lies beside the configurations of one folder.
    public struct Folder: Sendable, Equatable {
        /// The pipelines below `pipelines`, by their path in it.
        public var pipelines: [String: String]
        /// The names of the folders; that of a package's name has its source files.
        public var folders: Set<String>

        /// Describes a folder.
        public init(pipelines: [String: String] = [:], folders: Set<String> = []) {
            self.pipelines = pipelines
            self.folders = folders
        }
    }

    /// A need of one package on another that does not count, as something breaks the cycle that it is part of.
    public struct BrokenNeed: Sendable, Hashable {
        /// The package that needs.
        public var package: String
        /// The package that it needs.
        public var need: String

        /// Names both.
        public init(package: String, need: String) {
            self.package = package
            self.need = need
        }
    }

    /// Repositories after those of a configuration.
    public var repositories: [PackageEnvironment.Repository] = []
    /// Keys beside those of a configuration.
    public var keys: [String] = []
    /// Pipelines of all configurations, by path.
    public var pipelines: [String: String] = [:]
    /// What lies beside configurations, by their folder.
    public var folders: [String: Folder] = [:]
    /// The names of the options that are enabled in the configurations that have them, in the order in which they are applied.
    public var buildOptions: [String] = []
    /// Whether the scripts of packages run in the roots that these are installed in.
    public var runsScripts = false
    /// Whether the packages' tests run after their builds.
    public var runsTests = false
    /// Whether the log shows each command.
    public var showsCommands = false
    /// Needs that do not count.
    public var brokenNeeds: Set<BrokenNeed> = []

    /// No repositories, keys and pipelines.
    public init() {}

    /// The pipelines of a configuration in a folder: its neighbours go before those of all.
    public func pipelines(in folder: String?) -> [String: String] {
        guard let folder, let own = folders[folder] else { return pipelines }
        return pipelines.merging(own.pipelines) { $1 }
    }
}
