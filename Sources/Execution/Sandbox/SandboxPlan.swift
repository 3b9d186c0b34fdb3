internal import FarmModel
internal import HostSystem

/// What the sandbox of one phase is made of: a value, from which bubblewrap's arguments follow.
struct SandboxPlan: Equatable {
    /// The first number of the descriptors that carry the content of files.
    static let firstDescriptor: Int32 = 6
    /// The spawner passes on at most 64 descriptors, of which some are in use.
    private static let mostFiles = 48
    /// Where a script stands.
    static let script = "/run/phase"

    /// bubblewrap's options.
    var arguments: SandboxArguments
    /// The files whose content bubblewrap reads, from `firstDescriptor` on.
    var files: [SandboxFile]
    /// The program and its arguments.
    var command: [String]

    /// The sandbox of a phase.
    /// - Parameters:
    ///   - root: the mounts of the root, in which `/etc` and `/run` can be added to.
    ///   - ownFiles: files that the root lacks.
    ///   - kernelFiles: what is laid over parts of /proc.
    init(
        _ phase: Phase, of request: ExecutionRequest, root: [SandboxMount], ownFiles: [SandboxFile], kernelFiles: [SandboxMount] = []
    ) throws(ExecutionFailure) {
        let places = PhasePlaces.sandbox
        command = try Self.command(phase)
        files = ownFiles + (try Self.secrets(phase, request, places))
        if case .script(let text) = phase.command { files.append(SandboxFile(place: Self.script, text: text)) }
        guard files.count <= Self.mostFiles else {
            throw ExecutionFailure(.badInput, "phase \(phase.name) has too many secrets (at most 40)")
        }
        let fileMounts = files.enumerated().map { SandboxMount.file($1, descriptor: Self.firstDescriptor + Int32($0)) }
        let mounts = root + Self.workspace(request.workspace, places) + (try Self.dependencies(request, places)) + fileMounts
        let caches = request.caches.map { SandboxMount.writable($0.path, at: $0.mount.path) }
        arguments = SandboxArguments(
            mounts: mounts + caches, kernelFiles: kernelFiles, variables: try PhaseVariables.make(phase, of: request, in: places),
            workingDirectory: places.workingDirectory(phase.workingDirectory), sharesNetwork: phase.network == .host,
            user: request.plan.user, hostName: request.variation.hostName ?? Variation.usualHostName)
    }

    /// What stands before the caches.
    func mountsBeforeCaches(_ request: ExecutionRequest) -> [SandboxMount] { Array(arguments.mounts.dropLast(request.caches.count)) }

    /// Where bubblewrap makes, mounts or fills something in the root.
    var placesInRoot: [String] { arguments.mounts.map(\.place) + ["/proc", "/dev"] }

    private static func command(_ phase: Phase) throws(ExecutionFailure) -> [String] {
        switch phase.command {
        case .script: return ["/bin/sh", "-e", script]
        case .arguments(let arguments):
            guard let program = arguments.first, !program.isEmpty, !arguments.contains(where: { $0.utf8.contains(0) }) else {
                throw ExecutionFailure(.badInput, "phase \(phase.name): argv is empty or has a zero byte")
            }
            return arguments
        }
    }

    private static func workspace(_ workspace: Workspace, _ places: PhasePlaces) -> [SandboxMount] {
        [
            .writable(workspace.temporary, at: places.temporary), .writable(workspace.build, at: places.build),
            .writable(workspace.out, at: places.out), .writable(workspace.home, at: places.home), .folder(places.dependencies),
        ]
    }

    private static func dependencies(_ request: ExecutionRequest, _ places: PhasePlaces) throws(ExecutionFailure) -> [SandboxMount] {
        let sorted = request.dependencies.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let names = Set(sorted.map(\.name))
        for dependency in sorted {
            try PlaceName.check(dependency.name, "dependency")
            // A place within another would have to be made in a folder that is read-only.
            guard !Self.parents(of: dependency.name).contains(where: names.contains) else {
                throw ExecutionFailure(.badInput, "dependency \(dependency.name) would lie within another one; rename one of them")
            }
        }
        return sorted.map { dependency in
            let place = "\(places.dependencies)/\(dependency.name)"
            return dependency.path.map { .readOnly($0, at: place) } ?? .folder(place)
        }
    }

    private static func parents(of name: String) -> some Sequence<String> {
        name.indices.lazy.filter { name[$0] == "/" }.map { String(name[..<$0]) }
    }

    private static func secrets(
        _ phase: Phase, _ request: ExecutionRequest, _ places: PhasePlaces
    ) throws(ExecutionFailure) -> [SandboxFile] {
        var files: [SandboxFile] = []
        for secret in request.secrets where secret.use.isVisible(in: phase) {
            try PlaceName.check(secret.use.name, "secret")
            files.append(SandboxFile(place: "\(places.secrets)/\(secret.use.name)", permissions: "0400", content: .bytes(secret.value)))
        }
        return files
    }
}
