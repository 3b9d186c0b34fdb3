internal import FarmModel

/// What a container is created with. What is not set is left to the daemon.
public struct ContainerSpecification: Sendable, Equatable {
    /// What a container can reach.
    public enum Network: String, Sendable {
        /// Nothing but its own loopback.
        case none
        /// Whatever the daemon's bridge leads to.
        case bridge
        /// The network of the daemon's machine.
        case host
    }

    /// A volume in the container.
    public struct VolumeMount: Sendable, Equatable {
        /// The volume's name.
        public var volume: String
        /// Where the container sees it.
        public var path: String
        /// Whether it can only be read.
        public var isReadOnly: Bool
        /// The labels of the volume if it is made together with the container; nil if it exists.
        public var labels: [String: String]?

        /// A volume at a path.
        public init(_ volume: String, at path: String, isReadOnly: Bool = false, labels: [String: String]? = nil) {
            self.volume = volume
            self.path = path
            self.isReadOnly = isReadOnly
            self.labels = labels
        }
    }

    /// Name or id.
    public var image: String
    /// Program and arguments; the image's own entry point is not used.
    public var command: [String] = []
    /// Variables, `NAME=VALUE`.
    public var variables: [String] = []
    /// Where the command starts.
    public var workingDirectory: String?
    /// `UID:GID`
    public var user: String?
    /// The host name.
    public var hostName: String?
    /// Labels.
    public var labels: [String: String] = [:]
    /// Whether there is a standard input, which ends with its first writer.
    public var hasInput = false
    /// What it can reach.
    public var network = Network.none
    /// Volumes, whose content is not copied from the image.
    public var volumes: [VolumeMount] = []
    /// File systems in memory: options by path.
    public var temporaryFileSystems: [String: String] = [:]
    /// Whether the root can only be read.
    public var hasReadOnlyRoot = false
    /// Whether all capabilities are dropped and none can be got back.
    public var isUnprivileged = false
    /// Whether the daemon's init is the first process, which passes on signals and ends what is left.
    public var hasInit = false
    /// Bytes of memory, with swap.
    public var memoryBytes: Int64?
    /// Processors.
    public var cpus: Double?
    /// Processes and threads.
    public var processes: Int64?
    /// The name of the runtime, as the daemon knows it, for instance `runsc`.
    public var runtime: String?
    /// Whether the daemon keeps what the container prints.
    public var keepsLog = true

    /// A container of an image.
    public init(image: String) { self.image = image }

    /// The body of the request.
    var json: JSONObject {
        var object: JSONObject = ["Image": .string(image)]
        object.add("Cmd", command.isEmpty ? nil : .array(command.map(JSONValue.string)))
        object["Entrypoint"] = .array([])
        // What an image says of its health would run beside the command.
        object["Healthcheck"] = ["Test": ["NONE"]]
        object.add("Env", .array(variables.map(JSONValue.string)))
        object.add("WorkingDir", workingDirectory)
        object.add("User", user)
        object.add("Hostname", hostName)
        object.add("Labels", Self.map(labels))
        if hasInput {
            object["OpenStdin"] = true
            object["StdinOnce"] = true
            object["AttachStdin"] = true
        }
        object["AttachStdout"] = true
        object["AttachStderr"] = true
        object["HostConfig"] = .object(hostConfiguration)
        return object
    }

    private var hostConfiguration: JSONObject {
        var object: JSONObject = ["NetworkMode": .string(network.rawValue)]
        let (made, existing) = (volumes.filter { $0.labels != nil }, volumes.filter { $0.labels == nil })
        object.add("Binds", existing.isEmpty ? nil : .array(existing.map { .string(Self.bind($0)) }))
        object.add("Mounts", made.isEmpty ? nil : .array(made.map(Self.mount)))
        object.add("Tmpfs", temporaryFileSystems.isEmpty ? nil : Self.map(temporaryFileSystems))
        object.addIfTrue("ReadonlyRootfs", hasReadOnlyRoot)
        if isUnprivileged {
            object["CapDrop"] = ["ALL"]
            object["SecurityOpt"] = ["no-new-privileges"]
        }
        object.addIfTrue("Init", hasInit)
        object.add("Memory", memoryBytes)
        object.add("MemorySwap", memoryBytes)
        object.add("NanoCpus", cpus.map { Int64(($0 * 1e9).rounded()) })
        object.add("PidsLimit", processes)
        object.add("Runtime", runtime)
        if !keepsLog { object["LogConfig"] = ["Type": "none"] }
        return object
    }

    private static func bind(_ mount: VolumeMount) -> String {
        "\(mount.volume):\(mount.path):\(mount.isReadOnly ? "ro" : "rw"),nocopy"
    }

    private static func mount(_ mount: VolumeMount) -> JSONValue {
        [
            "Type": "volume", "Source": .string(mount.volume), "Target": .string(mount.path), "ReadOnly": .bool(mount.isReadOnly),
            "VolumeOptions": ["NoCopy": true, "Labels": map(mount.labels ?? [:])],
        ]
    }

    /// Labels and the like, sorted.
    static func map(_ texts: [String: String]) -> JSONValue {
        .object(
            JSONObject(uniqueMembers: texts.sorted { $0.key < $1.key }.map { JSONObject.Member(key: $0.key, value: .string($0.value)) }))
    }
}
