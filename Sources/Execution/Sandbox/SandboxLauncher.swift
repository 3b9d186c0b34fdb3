internal import FarmModel
internal import HostSystem

/// Starts phases in sandboxes.
struct SandboxLauncher: PhaseLauncher {
    /// bubblewrap's own two processes count too.
    static let overhead: Int64 = 2
    /// Builds go first when the machine is short of memory.
    static let outOfMemoryScore = 300

    private let request: ExecutionRequest
    private let program: String
    private let hostRoot: HostRoot?
    private let kernelFiles = KernelFiles.mounts()
    private let writableRoot: WritableRoot?

    init(_ request: ExecutionRequest) throws(ExecutionFailure) {
        self.request = request
        do {
            program = try Bubblewrap.program()
            hostRoot = request.rootPath == nil ? try HostRoot() : nil
            writableRoot = try Self.writableRoot(request)
            try request.controlGroups?.apply(request.plan.limits, overhead: Self.overhead)
        } catch {
            throw ExecutionFailure(.infrastructure, "the sandbox cannot be prepared: \(error)")
        }
    }

    func start(_ phase: Phase, output: Descriptor) throws(ExecutionFailure) -> any RunningPhase {
        try start(phase, output: output, terminal: nil)
    }

    /// Starts a phase that prints into `output`.
    /// - Parameter terminal: what it also reads from, as the terminal of its session.
    func start(_ phase: Phase, output: Descriptor, terminal: Descriptor?) throws(ExecutionFailure) -> SandboxPhase {
        var plan = try plan(phase)
        plan.arguments.startsSession = terminal == nil
        try writableRoot?.refuseLinks(at: plan.placesInRoot)
        let points = MountPoints(mounts: plan.mountsBeforeCaches(request))
        for cache in request.caches { try points.prepare(cache.mount.path) }
        let options = try plan.arguments.options()
        do {
            return try start(phase, plan, options, output, terminal)
        } catch {
            throw error as? ExecutionFailure
                ?? ExecutionFailure(.infrastructure, "the sandbox of phase \(phase.name) could not be started: \(error)")
        }
    }

    /// What the sandbox is made of.
    func plan(_ phase: Phase) throws(ExecutionFailure) -> SandboxPlan {
        let isConnected = phase.network != .none
        var files = hostRoot == nil ? [] : HostRoot.files(hostName: request.variation.hostName ?? Variation.usualHostName)
        if isConnected { files.append(resolver(phase.network)) }
        return try SandboxPlan(phase, of: request, root: try root(names: isConnected), ownFiles: files, kernelFiles: kernelFiles)
    }

    private func root(names: Bool) throws(ExecutionFailure) -> [SandboxMount] {
        if let hostRoot { return hostRoot.mounts }
        if let writableRoot { return try FolderRoot(writableRoot).mounts }
        return try FolderRoot(path: request.rootPath ?? "", names: names).mounts
    }

    private static func writableRoot(_ request: ExecutionRequest) throws(SystemError) -> WritableRoot? {
        guard request.plan.runsAsRoot, let root = request.rootPath else { return nil }
        return try WritableRoot(of: root, in: request.workspace.root)
    }

    private func resolver(_ network: Phase.Network) -> SandboxFile {
        let place = "/etc/resolv.conf"
        if network == .internet { return SandboxFile(place: place, content: .resolver) }
        return SandboxFile(place: place, content: .bytes((try? Files.readAll(place, limit: 64 * 1024)) ?? []))
    }

    private func start(
        _ phase: Phase, _ plan: SandboxPlan, _ options: [String], _ output: Descriptor, _ terminal: Descriptor?
    ) throws -> SandboxPhase {
        let (statusEnd, status) = try Descriptor.pipe()
        var resolver: Descriptor?
        var spawn = SpawnRequest(arguments(plan.command), environment: [])
        spawn.standardInput = terminal
        spawn.takesTerminal = terminal != nil
        spawn.standardOutput = output
        spawn.standardError = output
        spawn.passed = [.init(try Descriptor.inMemory(options.flatMap { Array($0.utf8) + [0] }), as: 3), .init(status, as: 4)]
        if let lock = request.heldLock { spawn.passed.append(.init(lock, as: 5)) }
        for (index, file) in plan.files.enumerated() {
            let source: Descriptor
            switch file.content {
            case .bytes(let bytes): source = try Descriptor.inMemory(bytes)
            case .resolver: (source, resolver) = try Descriptor.pipe()
            }
            spawn.passed.append(.init(source, as: SandboxPlan.firstDescriptor + Int32(index)))
        }
        spawn.diesWithParent = true
        spawn.overlay = writableRoot?.overlay
        spawn.outOfMemoryScore = Self.outOfMemoryScore
        spawn.limits += request.fallbackLimits
        request.variation.apply(to: &spawn)
        let child = try request.spawn(spawn)
        status.close()
        let running = SandboxPhase(phase, child: child, status: try SandboxStatus(statusEnd), groups: request.controlGroups)
        if let resolver { try connect(running, resolver) }
        return running
    }

    /// bubblewrap waits for the content of resolv.conf until the network is up.
    private func connect(_ running: SandboxPhase, _ resolver: Descriptor) throws {
        do {
            try running.connect()
            try resolver.writeAll(SandboxNetwork.resolver)
        } catch {
            try? running.endAll()
            _ = try? running.child.wait()
            throw error
        }
    }

    private func arguments(_ command: [String]) -> [String] {
        let lock = request.heldLock == nil ? [] : ["--sync-fd", "5"]
        return [program, "--args", "3", "--json-status-fd", "4"] + lock + ["--"] + command
    }
}
