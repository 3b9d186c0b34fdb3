public import FarmModel
public import HostSystem

/// How far a plan's processes are kept apart from the machine.
public enum Isolation: String, Sendable, CaseIterable {
    /// In namespaces of their own, by bubblewrap.
    case sandbox
    /// Not at all: the processes run as the runner's user and see the machine as it is.
    case none
}

/// Everything an executor needs to run a plan.
public struct ExecutionRequest: Sendable {
    /// A tree of another job that the phases see below `$BF_DEPS`.
    public struct Dependency: Sendable, Equatable {
        /// Its place below `$BF_DEPS`; may hold slashes.
        public var name: String
        /// The folder on this machine; nil for an empty one.
        public var path: String?
        /// The digest of the tree, by which other machines know whether they have it; nil if nobody knows it.
        public var tree: Digest?

        /// A dependency in the folder `path`, or an empty one.
        public init(name: String, path: String?, tree: Digest? = nil) {
            self.name = name
            self.path = path
            self.tree = tree
        }
    }

    /// A cache and where it lies on this machine.
    public struct Cache: Sendable, Equatable {
        /// What the plan says.
        public var mount: CacheMount
        /// The folder on this machine.
        public var path: String

        /// A cache in the folder `path`.
        public init(mount: CacheMount, path: String) {
            self.mount = mount
            self.path = path
        }
    }

    /// A secret with its value.
    public struct Secret: Sendable {
        /// What the plan says.
        public var use: SecretUse
        /// The value.
        public var value: [UInt8]

        /// A secret of the plan.
        public init(use: SecretUse, value: [UInt8]) {
            self.use = use
            self.value = value
        }
    }

    /// What is to be run.
    public var plan: Plan
    /// How far it is kept apart from the machine.
    public var isolation: Isolation
    /// Names the run on other machines, where what it left behind must be found; see ``RemoteExecutor``.
    public var run: RunName?
    /// The attempt's folders, created already.
    public var workspace: Workspace
    /// The trees below `$BF_DEPS`.
    public var dependencies: [Dependency] = []
    /// The plan's caches.
    public var caches: [Cache] = []
    /// The plan's secrets.
    public var secrets: [Secret] = []
    /// The values of the secrets that the plan's exports name.
    public var credentials: [String: [UInt8]] = [:]
    /// The job's name, for what is kept elsewhere from one build of it to the next; nil if it has none.
    public var jobName: String?
    /// The folder that is the root of the phases; nil for the machine's own programs.
    public var rootPath: String?
    /// What tells whether the root is the same as another time; nil if nobody knows.
    public var rootDigest: String?
    /// What identifies the image of the plan to the executor, if it was asked; see ``RemoteExecutor``.
    public var imageDigest: String?
    /// Whether phases may use the machine's own network.
    public var allowsHostNetwork = false
    /// The attempt's lock, which its processes hold too until the last one is dead.
    public var heldLock: Descriptor?
    /// The control groups that count and limit the processes; nil where there are none.
    public var controlGroups: ControlGroupSlot?
    /// The moment from which the wall time of the job counts, in `Clock.boottimeMilliseconds`.
    public var start = Clock.boottimeMilliseconds
    /// How the surroundings differ from the usual ones.
    public var variation = Variation()
    /// How much time a stopped plan gets.
    public var grace = GracePeriods()

    /// A request without dependencies, caches and secrets, on the machine's own programs.
    public init(plan: Plan, isolation: Isolation = .sandbox, workspace: Workspace) {
        self.plan = plan
        self.isolation = isolation
        self.workspace = workspace
    }
}

/// How much time a plan gets once it is to end.
public struct GracePeriods: Sendable, Equatable {
    /// From SIGTERM to SIGKILL, in milliseconds.
    public var signalMilliseconds: Int64 = 10_000
    /// For the phases that run after a failure or always, in milliseconds.
    public var cleanupMilliseconds: Int64 = 5_000

    /// 10 s and 5 s.
    public init() {}
}
