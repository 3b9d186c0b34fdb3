internal import FarmModel
internal import Glibc
internal import HostSystem

/// Starts phases without isolation, laid out so that they find by their variables what phases in a sandbox find.
final class DirectLauncher: PhaseLauncher {
    private let request: ExecutionRequest
    private let places: PhasePlaces
    /// Whether a phase before had a script or secrets.
    private var hasLaidOut = false

    /// Links the dependencies.
    init(_ request: ExecutionRequest) throws(ExecutionFailure) {
        self.request = request
        places = PhasePlaces(request.workspace)
        for dependency in request.dependencies { try PlaceName.check(dependency.name, "dependency") }
        do {
            try link(request.dependencies)
            try request.controlGroups?.apply(request.plan.limits, overhead: 0)
        } catch {
            throw ExecutionFailure(.infrastructure, "the workspace cannot be prepared: \(error.message)")
        }
    }

    /// Links that say the same are one file of many names where that is possible: a job may need very many that made nothing.
    private func link(_ dependencies: [ExecutionRequest.Dependency]) throws(SystemError) {
        guard !dependencies.isEmpty else { return }
        let workspace = request.workspace
        try workspace.createDependencies()
        let folder = try Files.open(workspace.dependencies, [.read, .folder])
        var links = [Workspace.nothing: workspace.emptyLink]
        var parents: Set<String> = []
        for dependency in dependencies {
            let parent = dependency.name.lastIndex(of: "/").map { String(dependency.name[..<$0]) }
            if let parent, parents.insert(parent).inserted { try Files.makeFolders(parent, mode: 0o755, in: folder) }
            let target = dependency.path ?? (parent == nil ? Workspace.nothing : workspace.empty)
            if let link = links[target], (try? Files.link(link, to: dependency.name, into: folder)) != nil { continue }
            try Files.makeSymbolicLink(dependency.name, target: target, in: folder)
            links[target] = "\(workspace.dependencies)/\(dependency.name)"
        }
    }

    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase {
        let variables = try PhaseVariables.make(phase, of: request, in: places).map { "\($0.name)=\($0.value)" }
        for secret in request.secrets { try PlaceName.check(secret.use.name, "secret") }
        do {
            let arguments = try prepare(phase)
            var spawn = SpawnRequest(arguments, environment: variables)
            spawn.workingDirectory = places.workingDirectory(phase.workingDirectory)
            spawn.standardOutput = output
            spawn.standardError = output
            spawn.diesWithParent = true
            spawn.outOfMemoryScore = SandboxLauncher.outOfMemoryScore
            // RLIMIT_NPROC counts all processes of the user, so it is no limit for one job here.
            spawn.limits += request.fallbackLimits.filter { $0.resource != .processes }
            request.variation.apply(to: &spawn)
            if let lock = request.heldLock { spawn.passed = [.init(lock, as: 3)] }
            return DirectPhase(phase, child: try request.spawn(spawn), groups: request.controlGroups)
        } catch {
            let isOurs = error.code != ENOENT && error.code != EACCES && error.code != ENOEXEC && error.code != ENOTDIR
            throw ExecutionFailure(isOurs ? .infrastructure : .build, "phase \(phase.name): \(error)")
        }
    }

    /// Lays out script and secrets.
    private func prepare(_ phase: Phase) throws(SystemError) -> [String] {
        let folder = request.workspace.phase
        if hasLaidOut { try Files.removeTree(folder) }
        hasLaidOut = false
        if !request.secrets.isEmpty {
            try makeFolder()
            try Files.makeFolder(places.secrets, mode: 0o700)
        }
        for secret in request.secrets where secret.use.isVisible(in: phase) {
            try write(secret.value, to: "\(places.secrets)/\(secret.use.name)", mode: 0o400)
        }
        switch phase.command {
        case .arguments(let arguments): return arguments
        case .script(let text):
            if !hasLaidOut { try makeFolder() }
            try write(Array(text.utf8), to: "\(folder)/script", mode: 0o600)
            return ["/bin/sh", "-e", "\(folder)/script"]
        }
    }

    /// What is there already is nothing of this plan.
    private func makeFolder() throws(SystemError) {
        let folder = request.workspace.phase
        hasLaidOut = true
        do throws(SystemError) { try Files.makeFolder(folder, mode: 0o700) } catch  where error.isExisting {
            try Files.removeTree(folder)
            try Files.makeFolder(folder, mode: 0o700)
        }
    }

    private func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(SystemError) {
        try Files.open(path, [.write, .create, .exclusive, .noFollow], mode: mode).writeAll(bytes)
    }
}
