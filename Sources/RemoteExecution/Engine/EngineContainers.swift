internal import EngineClient
internal import Execution
internal import FarmModel

/// What the containers of one run are: values, from which requests follow.
struct EngineContainers: Sendable {
    /// A place of a run and the volume behind it.
    struct Place: Sendable {
        let volume: String
        let path: String
        let labels: [String: String]
        /// Whether phases can only read it.
        let isReadOnly: Bool
        /// Whether it belongs to the phases' user.
        var isOwned = true
    }

    /// Who the phases are: the same as in a sandbox. Volumes and what is sent into them belong to this number.
    var user: UInt32 { request.plan.user }
    /// Where a script stands, in a folder that is a volume.
    static let script = (folder: "/run", name: "phase")
    /// The init of the container counts too, and so does the command that sends it a signal.
    private static let overhead: Int64 = 3
    private static let secretsSize = "16m"

    let request: ExecutionRequest
    let names: EngineNames
    let image: EngineImages.Image
    let runtime: String?
    /// All places, caches last.
    let places: [Place]

    init(_ request: ExecutionRequest, _ names: EngineNames, _ image: EngineImages.Image, runtime: String?) {
        self.request = request
        self.names = names
        self.image = image
        self.runtime = runtime
        let paths = PhasePlaces.sandbox
        let own = [
            ("build", paths.build), ("out", paths.out), ("home", paths.home), ("tmp", paths.temporary),
        ].map { Place(volume: names.volume($0), path: $1, labels: names.labels, isReadOnly: false) }
        let dependencies = Place(
            volume: names.volume("deps"), path: paths.dependencies, labels: names.labels, isReadOnly: true, isOwned: false)
        // Daemons mount things of their own in it.
        let run = Place(volume: names.volume("run"), path: Self.script.folder, labels: names.labels, isReadOnly: false, isOwned: false)
        let caches = request.caches.map {
            Place(volume: names.cacheVolume($0.mount), path: $0.mount.path, labels: names.cacheLabels($0.mount), isReadOnly: false)
        }
        places = own + [dependencies, run] + caches
    }

    /// The container that has the volumes and never runs: archives go in and out through it.
    /// - Parameter makesVolumes: whether they are made together with it.
    func holder(makesVolumes: Bool) -> ContainerSpecification {
        var holder = ContainerSpecification(image: image.id)
        holder.command = ["never started"]
        holder.labels = names.labels
        holder.volumes = places.map { .init($0.volume, at: $0.path, labels: makesVolumes ? $0.labels : nil) }
        return holder
    }

    /// The folders of the places, as they are to be.
    var folders: [FolderArchive.Member] {
        places.filter(\.isOwned).map { .folder(String($0.path.drop { $0 == "/" }), mode: 0o755) }
    }

    /// The container of a phase.
    /// - Parameters:
    ///   - hasShell: whether the image has `/bin/sh`.
    ///   - readsInput: whether it waits for input before its command begins.
    func container(
        _ phase: Phase, _ secrets: PhaseSecrets, hasShell: Bool, readsInput: Bool
    ) throws(ExecutionFailure) -> ContainerSpecification {
        let paths = PhasePlaces.sandbox
        let limits = request.plan.limits
        var container = ContainerSpecification(image: image.id)
        container.command = try command(phase)
        if hasShell { container.command = secrets.gate(readsInput: readsInput) + container.command }
        if !secrets.isEmpty {
            guard hasShell else { throw ExecutionFailure(.badInput, "phase \(phase.name): secrets need an image with /bin/sh") }
            container.temporaryFileSystems = [paths.secrets: "mode=0777,size=\(Self.secretsSize)"]
        }
        container.hasInput = readsInput
        // A name without a value takes away what the daemon would add.
        container.variables = ["HOSTNAME"] + secrets.plainVariables.map { "\($0.name)=\($0.value)" }
        container.workingDirectory = paths.workingDirectory(phase.workingDirectory)
        container.user = "\(user):\(user)"
        container.hostName = request.variation.hostName ?? "bf"
        container.labels = names.labels
        container.network = Self.network(phase.network)
        container.volumes = places.map { .init($0.volume, at: $0.path, isReadOnly: $0.isReadOnly) }
        container.hasReadOnlyRoot = !request.plan.runsAsRoot
        container.isUnprivileged = true
        container.hasInit = true
        container.memoryBytes = limits.memoryBytes
        container.cpus = limits.cpus
        container.processes = limits.processes.map { $0.addingReportingOverflow(Self.overhead).partialValue }
        container.runtime = runtime
        container.keepsLog = false
        return container
    }

    private func command(_ phase: Phase) throws(ExecutionFailure) -> [String] {
        switch phase.command {
        case .script: return ["/bin/sh", "-e", "\(Self.script.folder)/\(Self.script.name)"]
        case .arguments(let arguments):
            guard let program = arguments.first, !program.isEmpty, !arguments.contains(where: { $0.utf8.contains(0) }) else {
                throw ExecutionFailure(.badInput, "phase \(phase.name): argv is empty or has a zero byte")
            }
            return arguments
        }
    }

    private static func network(_ network: Phase.Network) -> ContainerSpecification.Network {
        switch network {
        case .none: .none
        case .internet: .bridge
        case .host: .host
        }
    }
}
