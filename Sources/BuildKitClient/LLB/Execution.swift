internal import SwiftProtobuf

/// Something that a command sees at a place of its root.
public struct ExecutionMount: Sendable {
    /// What it is.
    public enum Content: Sendable {
        /// A file system, or an empty one; its changes are kept if it is also made by the step.
        /// - part: the folder of it that is seen.
        case files(Output?, part: String = "", isReadOnly: Bool, isMade: Bool)
        /// One file or folder of a file system, read-only.
        case part(of: Output, path: String)
        /// A folder that the daemon keeps under this name, begun with a file system if there is one.
        /// - part: the folder of it that is seen.
        case cache(identifier: String, beginning: Output?, part: String = "", sharing: CacheSharing)
        /// A folder in memory, of so many bytes; 0 for no limit.
        case memory(bytes: Int64)
        /// The value of a secret that the session hands out under this name.
        case secret(identifier: String, mode: UInt32, owner: UInt32 = 0)
    }

    /// Who may use a cache at the same time.
    public enum CacheSharing: Sendable {
        /// Everybody.
        case shared
        /// One after the other.
        case locked
        /// Everybody gets one of his own.
        case unshared
    }

    /// The absolute path.
    public var path: String
    /// What is there.
    public var content: Content

    /// A mount at the path.
    public init(_ path: String, _ content: Content) {
        self.path = path
        self.content = content
    }
}

/// A command that runs in a container.
public struct Execution: Sendable {
    /// What a command can reach.
    public enum Network: Sendable {
        /// What the daemon gives to builds.
        case usual
        /// Nothing.
        case none
        /// The daemon's own network; needs the entitlement `network.host`.
        case host
    }

    /// The program and its arguments.
    public var arguments: [String]
    /// `NAME=VALUE`
    public var variables: [String] = []
    /// Where it starts.
    public var workingDirectory = "/"
    /// Who runs it: a name, or numbers of user and group; empty for root.
    public var user = ""
    /// The name of its machine.
    public var hostName = ""
    /// What it can reach.
    public var network = Network.none
    /// Whether the root cannot be changed; then all places of mounts must be there.
    public var hasReadOnlyRoot = false
    /// What stands at which place; those that are made are the outputs of the step, in this order, after the root if that can be changed.
    public var mounts: [ExecutionMount] = []
    /// Variables whose values are secrets that the session hands out; old daemons cannot.
    public var secretVariables: [(name: String, identifier: String)] = []
    /// Shown for the step.
    public var name: String?
    /// Runs again even if the daemon knows the result, and with its caches emptied.
    public var ignoresCache = false

    /// A command without network.
    public init(_ arguments: [String]) { self.arguments = arguments }

    /// The step that runs the command in a root.
    public func operation(in root: Output, platform: Platform?) -> Operation {
        var inputs: [Output] = []
        var made: Int64 = 0
        var mounts: [Pb_Mount] = []
        for mount in [ExecutionMount("/", .files(root, isReadOnly: hasReadOnlyRoot, isMade: !hasReadOnlyRoot))] + self.mounts {
            mounts.append(mount.message(&inputs, &made))
        }
        let operation = Pb_Op.with {
            $0.exec = .with {
                $0.meta.args = arguments
                $0.meta.env = variables
                $0.meta.cwd = workingDirectory
                $0.meta.user = user
                $0.meta.hostname = hostName
                $0.mounts = mounts
                $0.network = network.message
                $0.secretenv = secretVariables.map { variable in
                    .with {
                        $0.id = variable.identifier
                        $0.name = variable.name
                    }
                }
            }
        }
        return Operation(operation, on: inputs, platform: platform, name: name, ignoresCache: ignoresCache)
    }
}

extension Execution.Network {
    fileprivate var message: Pb_NetMode {
        switch self {
        case .usual: .netSandbox
        case .none: .netNone
        case .host: .netHost
        }
    }
}

extension ExecutionMount {
    fileprivate func message(_ inputs: inout [Output], _ made: inout Int64) -> Pb_Mount {
        var message = Pb_Mount()
        message.dest = path
        message.input = -1
        message.output = -1
        switch content {
        case .files(let output, let part, let isReadOnly, let isMade):
            message.selector = part
            if let output { message.input = Self.index(of: output, &inputs) }
            message.readonly = isReadOnly
            if isMade {
                message.output = made
                made += 1
            }
        case .part(let output, let path):
            message.input = Self.index(of: output, &inputs)
            message.selector = path
            message.readonly = true
        case .cache(let identifier, let beginning, let part, let sharing):
            message.selector = part
            if let beginning { message.input = Self.index(of: beginning, &inputs) }
            message.mountType = .cache
            message.cacheOpt.id = identifier
            message.cacheOpt.sharing = sharing.message
        case .memory(let bytes):
            message.mountType = .tmpfs
            message.tmpfsOpt.size = bytes
        case .secret(let identifier, let mode, let owner):
            message.mountType = .secret
            message.secretOpt.id = identifier
            message.secretOpt.mode = mode
            message.secretOpt.uid = owner
            message.secretOpt.gid = owner
        }
        return message
    }

    private static func index(of output: Output, _ inputs: inout [Output]) -> Int64 {
        if let known = inputs.firstIndex(where: { $0.isSame(as: output) }) { return Int64(known) }
        inputs.append(output)
        return Int64(inputs.count - 1)
    }
}

extension ExecutionMount.CacheSharing {
    fileprivate var message: Pb_CacheSharing {
        switch self {
        case .shared: .shared
        case .locked: .locked
        case .unshared: .private
        }
    }
}
