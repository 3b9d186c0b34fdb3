internal import CHostSystem

/// What to start, and in which surroundings. What is not named here the child does not get: no variable, no descriptor, no signal setting.
public struct SpawnRequest: Sendable {
    /// A descriptor of this process and the number it has in the child.
    public struct Passed: Sendable {
        /// The descriptor of this process.
        public let descriptor: Descriptor
        /// Its number in the child.
        public let target: Int32

        /// `descriptor` as `target` in the child.
        public init(_ descriptor: Descriptor, as target: Int32) {
            self.descriptor = descriptor
            self.target = target
        }
    }

    /// The program's arguments, its name first. A name with a slash is the program's path; any other is looked up in the `PATH` of `environment`.
    public var arguments: [String]
    /// The child's whole environment, as `NAME=value`.
    public var environment: [String]
    /// The child's working directory; nil for the caller's.
    public var workingDirectory: String?
    /// Standard input; nil for /dev/null.
    public var standardInput: Descriptor?
    /// Standard output; nil for /dev/null.
    public var standardOutput: Descriptor?
    /// Standard error; nil for /dev/null.
    public var standardError: Descriptor?
    /// Further descriptors, of targets from 3 on.
    public var passed: [Passed] = []
    /// The child leads a session, and so a process group, of its own.
    public var startsSession = true
    /// Standard input is a terminal and becomes that of the child's session, so that Ctrl-C and job control work in it.
    public var takesTerminal = false
    /// The child gets SIGKILL when the thread that spawned it ends. See `SpawnThread`.
    public var diesWithParent = false
    /// Resource limits, inherited by the child's own children.
    public var limits: [ResourceLimit] = [ResourceLimit(.coreFile, 0)]
    /// The permission bits that new files of the child do not get, its umask.
    public var fileModeMask: UInt32 = 0o022
    /// The child runs on one processor only, the last of those that the caller may use.
    public var usesOneProcessor = false
    /// From -1000 (never) to 1000 (first): how readily the kernel kills the child when memory is short. nil keeps the caller's.
    public var outOfMemoryScore: Int?
    /// Paths of `cgroup.procs` or `tasks` files. The child enters these groups before anything else, so it never runs outside.
    /// None of them may be frozen: the spawn would wait for its thaw.
    public var controlGroupFiles: [String] = []
    /// The open folder of a control group of version 2 in which the child is created; see ``supportsControlGroup``.
    public var controlGroup: Descriptor?

    /// What the child mounts before it begins, where only it and its children see it. It changes neither the user nor what it may.
    public var overlay: OverlayMount?

    /// Whether this kernel can create a process in a control group (Linux 5.7 and later).
    public static let supportsControlGroup = bf_spawn_supports_cgroup() != 0

    /// A request with /dev/null for the three standard descriptors, a session of its own and no core files.
    public init(_ arguments: [String], environment: [String]) {
        self.arguments = arguments
        self.environment = environment
    }
}

/// One resource limit of a child.
public struct ResourceLimit: Sendable, Equatable {
    /// What is limited.
    public enum Resource: Sendable {
        /// CPU time in seconds: SIGXCPU at the soft limit, SIGKILL at the hard one.
        case processorTime
        /// Size of a file written, in bytes.
        case fileSize
        /// Size of the data segment, in bytes.
        case data
        /// Size of a core file, in bytes.
        case coreFile
        /// Number of processes of the user.
        case processes
        /// Number of open descriptors.
        case openFiles

        var number: Int32 {
            let resource: bf_resource
            switch self {
            case .processorTime: resource = BF_RESOURCE_CPU
            case .fileSize: resource = BF_RESOURCE_FILE_SIZE
            case .data: resource = BF_RESOURCE_DATA
            case .coreFile: resource = BF_RESOURCE_CORE
            case .processes: resource = BF_RESOURCE_PROCESSES
            case .openFiles: resource = BF_RESOURCE_OPEN_FILES
            }
            return Int32(resource.rawValue)
        }
    }

    /// What is limited.
    public let resource: Resource
    /// The limit in force; the process may raise it up to `hard`.
    public let soft: UInt64
    /// The highest limit the process may set. `UInt64.max` is no limit; the inherited hard limit is never raised.
    public let hard: UInt64

    /// A limit of `soft`, and of `hard` where it differs.
    public init(_ resource: Resource, _ soft: UInt64, hard: UInt64? = nil) {
        self.resource = resource
        self.soft = soft
        self.hard = hard ?? soft
    }
}
