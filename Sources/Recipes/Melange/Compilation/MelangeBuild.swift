public import FarmModel

/// What a plan is made of: a configuration for one architecture, with its variables replaced and its pipelines expanded.
public struct MelangeBuild: Sendable, Equatable {
    /// What a build or a test asks of the machine.
    public struct Resources: Sendable, Equatable {
        /// Processor cores.
        public var cores: Double?
        /// Memory in bytes.
        public var memoryBytes: Int64?
        /// Disk in bytes.
        public var diskBytes: Int64?

        init(_ resources: MelangeResources) {
            cores = resources.cores
            memoryBytes = resources.memoryBytes
            diskBytes = resources.diskBytes
        }
    }

    /// `package.name`
    public var name: String
    /// `package.version`, without the epoch.
    public var version: String
    /// `package.epoch`
    public var epoch: Int64
    /// What it is built for.
    public var architecture: Architecture
    /// The root, the file sources and what runs for the packages.
    public var work: MelangeWork
    /// The packages that are made of the folders below `$BF_OUT`, the main one first.
    public var packages: [PackageBody]
    /// The tests of the packages, the main one's first; those without steps are left out.
    public var tests: [MelangeTest]
    /// `package.timeout`
    public var timeoutMilliseconds: Int64?
    /// `package.resources`
    public var resources: Resources
    /// `package.test-resources`; those of the build if there are none.
    public var testResources: Resources
    /// What the build needs of other packages: `environment.contents.packages`, and what the pipelines need.
    public var needs: [NeedReference]

    /// The version with the epoch: `1.2.3-r4`.
    public var fullVersion: String { "\(version)-r\(epoch)" }
}

/// A test of a package: it runs in a root of its own, in which the package is installed.
public struct MelangeTest: Sendable, Equatable {
    /// The package that is tested.
    public var name: String
    /// The root, the file sources and what runs.
    public var work: MelangeWork
}

/// What runs, and what must be there before.
public struct MelangeWork: Sendable, Equatable {
    /// The root.
    public var environment: PackageEnvironment
    /// Variables of all steps.
    public var variables: [String: String]
    /// The number of the user of all steps; 0 is root.
    public var user: UInt32
    /// The files that are fetched and checked before the first phase.
    public var fetches: [MelangeFetch]
    /// The repositories that are checked out before the first phase.
    public var checkouts: [MelangeCheckout]
    /// What runs, in order.
    public var phases: [Phase]
}
