internal import EngineClient
internal import Execution
internal import FarmModel
internal import HostSystem
internal import NIOCore
internal import Synchronization

/// One run of a plan on a daemon, from the first upload to the removal of everything.
final class EngineRun: PhaseLauncher, Sendable {
    private struct State {
        /// The script that stands in its place now, or does once the upload has ended.
        var script: String?
        /// What the first phase waits for inside its container, if it can.
        var upload: Task<Void, any Error>?
    }

    private let request: ExecutionRequest
    private let client: EngineClient
    private let containers: EngineContainers
    private let holder: String
    private let hasShell: Bool
    private let state: Mutex<State>

    /// Makes volumes and brings in sources and trees.
    /// - Throws: what ``ExecutionFailure/init(_:_:)`` understands. What was made until then is to be removed.
    init(
        _ request: ExecutionRequest, _ names: EngineNames, _ client: EngineClient, _ images: EngineImages, runtime: String?
    ) async throws {
        self.request = request
        self.client = client
        let containers = EngineContainers(request, names, try await images.image(for: request, names), runtime: runtime)
        self.containers = containers
        let isDocker = try await client.daemon().product == .dockerd
        // Podman has to be told the owners of volumes, and dockerd can make them with the container.
        if !isDocker {
            for place in containers.places {
                try await client.createVolume(place.volume, labels: place.labels, owner: place.isOwned ? containers.user : nil)
            }
        }
        let holder = try await client.createContainer(containers.holder(makesVolumes: isDocker))
        self.holder = holder
        let upload = Task { try await Self.send(request, containers, client, to: holder, atOnce: isDocker) }
        let (hasShell, canWait) = try await withTaskCancellationHandler {
            let hasShell = try await client.hasFile("/bin/sh", in: holder)
            let canWait = isDocker && hasShell && request.secrets.isEmpty && EngineContents.areSmall(request)
            if !canWait { try await upload.value }
            return (hasShell, canWait)
        } onCancel: {
            upload.cancel()
        }
        self.hasShell = hasShell
        state = Mutex(State(script: EngineContents.firstScript(request.plan), upload: canWait ? upload : nil))
    }

    private static func send(
        _ request: ExecutionRequest, _ containers: EngineContainers, _ client: EngineClient, to holder: String, atOnce: Bool
    ) async throws {
        var archives = try EngineContents.contents(of: request)
        if atOnce {
            // Each archive costs dockerd a process, and it looks behind all volumes.
            archives = [("/", containers.folders + archives.flatMap { place in place.members.map { $0.moved(below: place.path) } })]
        }
        for archive in archives where !archive.members.isEmpty {
            let upload = ArchiveUpload(FolderArchive(archive.members, owner: containers.user))
            try await client.putArchive(upload, into: holder, at: archive.path)
        }
    }

    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase {
        let upload = state.withLock { $0.upload.take() }
        // The daemon makes a folder that is not there to start in, but not as it would be.
        let waitsInside = upload != nil && phase.workingDirectory == nil && hasScript(of: phase)
        let secrets = try PhaseSecrets(phase, of: request, searchPath: containers.image.searchPath)
        let readsInput = waitsInside || !secrets.isEmpty
        let container = try containers.container(phase, secrets, hasShell: hasShell, readsInput: readsInput)
        do {
            let own = try output.duplicate()
            let id = try Blocking.run { [self] in
                if !waitsInside { try await upload?.value }
                try await placeScript(of: phase)
                return try await client.createContainer(container)
            }
            let input: @Sendable () async throws -> [UInt8] = {
                try await upload?.value
                return secrets.input
            }
            return try EnginePhase(
                phase, client, id, output: own, input: readsInput ? input : nil, specification: container)
        } catch {
            throw ExecutionFailure(error, "phase \(phase.name) could not be started")
        }
    }

    private func hasScript(of phase: Phase) -> Bool {
        guard case .script(let text) = phase.command else { return true }
        return state.withLock { $0.script == text }
    }

    private func placeScript(of phase: Phase) async throws {
        guard case .script(let text) = phase.command, !hasScript(of: phase) else { return }
        let archive = FolderArchive([EngineContents.member(script: text)], owner: containers.user)
        try await client.putArchive(ArchiveUpload(archive), into: holder, at: EngineContainers.script.folder)
        state.withLock { $0.script = text }
    }

    /// Brings the outputs into the workspace.
    func fetchOutputs(stop: StopRequest) throws(ExecutionFailure) {
        let limit = request.plan.limits.outputBytes
        let download = OutputDownload(folder: request.workspace.out, limit: limit)
        do {
            _ = try download.run(stop: stop) { [client, holder] take in
                try await client.getArchive(of: PhasePlaces.sandbox.out + "/.", from: holder, take: take)
            }
        } catch {
            throw ExecutionFailure(outputs: error, limit: limit)
        }
    }
}
