internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// All that is asked of a daemon for a plan with a Dockerfile, one after the other: the output, then each name under which the image is
/// kept, then its cache. Only the first of them does the work; the others find it in the daemon's cache.
struct DockerfileWork: Sendable {
    /// What is told meanwhile.
    enum News: Sendable {
        /// Of the first build.
        case event(BuildEvent)
        /// A line of our own.
        case remark(String)
    }

    private let request: ExecutionRequest
    private let body: DockerfileBody
    private let daemon: BuildKitDaemon
    private let names: DockerfileNames
    private let logins: ExportLogins
    private let content: SessionContent
    private let folders: DockerfileFolders
    private let cache: CacheRegistry?

    /// - Throws: `badInput` if the context or a secret is not what the plan takes it for.
    init(_ request: ExecutionRequest, _ body: DockerfileBody, _ daemon: BuildKitDaemon, _ farm: RegistryLogins) throws(ExecutionFailure) {
        self.request = request
        self.body = body
        self.daemon = daemon
        names = DockerfileNames(request)
        logins = try ExportLogins(request, farm: farm)
        cache = CacheRegistry.ofEnvironment
        folders = try DockerfileFolders(request, body)
        var content = SessionContent()
        content.folders = folders.uploads
        content.sharedKey = names.uploads
        for secret in request.secrets { content.secrets[secret.use.name] = secret.value }
        content.credentials = { [logins] host in logins.login(to: host)?.pair }
        self.content = content
    }

    /// Does all of it.
    func run(_ tell: @escaping @Sendable (News) async -> Void) async throws {
        let abilities = try await daemon.abilities()
        try check(abilities)
        let out = try Files.open(request.workspace.out, [.read, .folder, .noFollow])
        var builds = DockerfileBuilds(build(abilities), cache: cache, name: names.job, abilities: abilities)
        var summary = ImageSummary()
        summary.platforms = platforms.isEmpty ? abilities.platforms.prefix(1).map(\.self) : platforms
        let first: @Sendable (BuildEvent) async -> Void = { await tell(.event($0)) }
        let others: @Sendable (BuildEvent) async -> Void = { _ in }
        try await makeOutput(&builds, in: out, &summary, first)
        for export in request.plan.exports {
            for name in export.names {
                let isFirst = builds.isFirst
                if !isFirst { await tell(.remark("\(export.pushes ? "pushing" : "naming") \(name)")) }
                let outcome = try await make(export, name, builds.next(), isFirst ? first : others)
                summary.note(outcome, as: name)
            }
        }
        if let cache, let build = builds.inlineCache {
            let name = "\(cache.registry)/\(names.job):latest"
            await tell(.remark("pushing \(name), which has the cache in it"))
            try await makeCache(build, name)
            summary.fallbacks.append("the daemon cannot export its cache to a registry, so an image with the cache in it was pushed")
        }
        for fallback in summary.fallbacks { await tell(.remark("instead: \(fallback)")) }
        try summary.write(into: out)
    }

    private var platforms: [Platform] {
        (body.architectures.isEmpty ? [request.plan.architecture] : body.architectures).compactMap { Platform($0) }
    }

    /// What no fallback helps against.
    private func check(_ abilities: Abilities) throws(ExecutionFailure) {
        guard platforms.count > 1, !abilities.exportsImages else { return }
        throw ExecutionFailure(
            .unsatisfiable,
            "\(daemon.endpoint.address) makes images of one architecture only; switch on its containerd image store, or use a BuildKit of its own"
        )
    }

    private func build(_ abilities: Abilities) -> Build {
        var dockerfile = DockerfileBuild()
        dockerfile.file = folders.file
        dockerfile.contexts = folders.contexts
        dockerfile.target = body.target
        dockerfile.arguments = body.arguments
        dockerfile.platforms = platforms
        dockerfile.sourceDateEpoch = request.plan.sourceDateEpoch
        dockerfile.network = body.network == .host ? .host : body.network == .none ? .none : .usual
        var build = Build(.dockerfile(dockerfile), purpose: "the build of the Dockerfile")
        build.content = content
        build.allowsHostNetwork = body.network == .host
        return build
    }

    private func makeOutput(
        _ builds: inout DockerfileBuilds, in out: Descriptor, _ summary: inout ImageSummary,
        _ onEvent: @escaping @Sendable (BuildEvent) async -> Void
    ) async throws {
        let limit = request.plan.limits.outputBytes
        switch body.output {
        case .none: return
        case .oci, .docker:
            let sink = ArchiveSink(try Self.file("image.tar", in: out), limit: limit)
            let name = request.plan.exports.first?.image
            var image = ImageBuild(builds.next(), name: name ?? names.image, goal: body.output == .oci ? .oci(sink) : .docker(sink))
            image.isNameTemporary = name == nil
            let made = try await limited(sink.isTooLarge) { [image] in try await daemon.make(image, onEvent: onEvent) }
            summary.note(made, as: nil)
        case .tar:
            let sink = ArchiveSink(try Self.file("rootfs.tar", in: out), limit: limit)
            var build = builds.next()
            build.export = .tar
            build.content.destination = .archive(sink)
            try await limited(sink.isTooLarge) { [build] in _ = try await daemon.run(build, onEvent: onEvent) }
        case .files:
            let sink = OutputSink(out, below: nil, limit: limit)
            var build = builds.next()
            build.export = .local
            build.content.destination = .tree(sink, TreeLimits(bytes: .max))
            do {
                try await limited(sink.isTooLarge) { [build] in _ = try await daemon.run(build, onEvent: onEvent) }
            } catch {
                throw sink.refusal.map { ExecutionFailure(.build, "outputs: \($0)") } ?? error
            }
        }
    }

    private static func file(_ name: String, in folder: Descriptor) throws(SystemError) -> Descriptor {
        try Files.open(name, [.write, .create, .exclusive, .noFollow], mode: 0o644, in: folder)
    }

    /// Does something that fails if the outputs grow too large.
    private func limited<T>(_ isTooLarge: @autoclosure () -> Bool, _ work: () async throws -> T) async throws -> T {
        do { return try await work() } catch  where isTooLarge() {
            throw ExecutionFailure(
                .outputLimit, "the outputs are larger than \(SizeText.text(bytes: request.plan.limits.outputBytes ?? 0)) (limits.output)")
        }
    }

    private func make(
        _ export: ImageExport, _ name: String, _ build: Build, _ onEvent: @escaping @Sendable (BuildEvent) async -> Void
    ) async throws -> ImageOutcome {
        let image = ImageBuild(build, name: name, goal: export.pushes ? .registry(isInsecure: export.isInsecure) : .store)
        do { return try await daemon.make(image, onEvent: onEvent) } catch {
            guard error.exitCode == nil, error.isRefusedByRegistry else { throw error }
            let advice =
                export.credentials.map { "look at the secret \($0)" }
                ?? "name a secret with a name and password as credentials of the export"
            throw ExecutionFailure(.badInput, "the registry does not take \(name): \(advice) (\(error.message))")
        }
    }

    private func makeCache(_ build: Build, _ name: String) async throws {
        do { _ = try await daemon.make(ImageBuild(build, name: name, goal: .registry(isInsecure: false))) } catch {
            throw ExecutionFailure(.infrastructure, "the cache could not be pushed; look at CACHE_REGISTRY of the runner: \(error.message)")
        }
    }
}
