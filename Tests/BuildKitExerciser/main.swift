internal import BuildKitClient
internal import FarmModel
internal import Glibc
internal import HostSystem
internal import Synchronization

/// Asks a daemon for single things: `buildkit-exerciser ADDRESS WORK [KEY=VALUE]…`.
struct BuildKitExerciser {
    let daemon: BuildKitDaemon
    let settings: [String: String]

    init(_ arguments: [String]) throws {
        var settings: [String: String] = [:]
        for argument in arguments.dropFirst(2) {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            settings[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        self.settings = settings
        var tls: BackendTLS?
        if let authority = settings["authority"] {
            tls = BackendTLS()
            tls?.authority = authority
            tls?.certificate = settings["certificate"]
            tls?.key = settings["key"]
        }
        var patience = Patience()
        if let answer = settings["patience"].flatMap({ Int64($0) }) { (patience.answer, patience.heartbeat) = (answer, 500) }
        daemon = try BuildKitDaemon(arguments[0], tls: tls, patience: patience)
    }

    func run(_ work: String) async throws {
        switch work {
        case "workers":
            for worker in try await daemon.workers() {
                print(worker.identifier, worker.platforms.map(\.description).joined(separator: ","), worker.collection)
            }
            print((try await daemon.abilities()).words.joined(separator: " "))
        case "usage": for record in try await daemon.diskUsage() { print(record.bytes, record.type, record.description) }
        case "forget":
            for record in try await daemon.diskUsage() where record.description.hasPrefix(settings["description"] ?? "") {
                print(try await daemon.prune(["id==\(record.identifier)"], all: true).count)
            }
        case "prune": print(try await daemon.prune(settings["filter"].map { [$0] } ?? [], all: settings["all"] != nil).count)
        default:
            let most = settings["parallel"].flatMap { Int($0) } ?? 1
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<most {
                    group.addTask {
                        for _ in 0..<(settings["times"].flatMap { Int($0) } ?? 1) { try await build(work, number) }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    private func build(_ work: String, _ number: Int) async throws {
        let start = Clock.boottimeMilliseconds
        var build: Build
        var content = SessionContent()
        if work == "dockerfile" {
            var dockerfile = DockerfileBuild()
            if let argument = settings["argument"]?.split(separator: ":") {
                dockerfile.arguments = [String(argument[0]): String(argument[1])]
            }
            dockerfile.target = settings["target"]
            dockerfile.sourceDateEpoch = settings["epoch"].flatMap { Int64($0) }
            let folder = UploadFolder(settings["local"] ?? ".")
            content.folders = [DockerfileBuild.contextFolder: folder, DockerfileBuild.fileFolder: folder]
            build = Build(.dockerfile(dockerfile), purpose: "a Dockerfile")
        } else {
            if let local = settings["local"] { content.folders["source"] = UploadFolder(local) }
            content.secrets["token"] = Array("a secret value".utf8)
            let sources = try await daemon.openSession(content)
            build = Build(.definition(Definition(of: try definition(sources.identifier, number))), purpose: "a command")
            build.allowsHostNetwork = settings["network"] == "host"
        }
        build.content = content
        if let out = settings["out"] {
            let path = most > 1 ? "\(out)-\(number)" : out
            try Files.makeFolders(path)
            build.export = .local
            build.content.destination = .tree(FolderSink(try Files.open(path, [.read, .folder])))
        }
        if let path = settings["tar"] {
            build.export = settings["exporter"] == "oci" ? .oci(name: "example:1") : .tar
            build.content.destination = .archive(ArchiveFile(file: try Files.open(path, [.write, .create, .truncate])))
        }
        if let name = settings["push"] ?? settings["save"] { return try await make(name, build) }
        let isQuiet = settings["quiet"] != nil
        try await daemon.run(build) { event in
            if case .log(_, let bytes) = event, !isQuiet { try? Descriptor.standardOutput.writeAll(bytes) }
        }
        print("built in \(Clock.boottimeMilliseconds - start) ms")
    }

    /// Makes an image: `push=NAME`, or `save=NAME tar=FILE`; `cache=REGISTRY/NAME`, `login=USER:PASSWORD`.
    private func make(_ name: String, _ build: Build) async throws {
        var build = build
        build.export = nil
        if let login = settings["login"]?.split(separator: ":"), login.count == 2 {
            let credentials = (name: String(login[0]), secret: String(login[1]))
            build.content.credentials = { _ in credentials }
        }
        var goal = ImageBuild.Goal.registry(isInsecure: true)
        if settings["save"] != nil, let path = settings["tar"] {
            goal = .oci(ArchiveFile(file: try Files.open(path, [.write, .create, .truncate])))
        }
        var image = ImageBuild(build, name: name, goal: goal)
        if let cache = settings["cache"]?.split(separator: "/"), cache.count == 2 {
            image.cache = (String(cache[0]), String(cache[1]), .max)
        }
        let cached = Counter()
        let outcome = try await daemon.make(image) { event in
            if case .step(let step) = event, step.isCached { cached.add() }
        }
        print("made \(name); cached steps: \(cached.count)")
        for fallback in outcome.fallbacks { print("instead: \(fallback)") }
    }

    private var most: Int { settings["parallel"].flatMap { Int($0) } ?? 1 }

    private func definition(_ session: String, _ number: Int) throws -> Output {
        let image = Operation.image(ImageReference.complete(settings["image"] ?? "bb:1") ?? "", platform: nil).output()
        let steps = settings["steps"].flatMap { Int($0) } ?? 0
        if steps > 0 {
            let changes = (0..<steps).map { FileChange.file(path: "/\($0)", content: Array("\($0)".utf8), mode: 0o644) }
            return Operation.files(changes).output()
        }
        var execution = Execution(["/bin/sh", "-c", "\(settings["run"] ?? "true"); echo \(number) >/out/number"])
        execution.variables = ["PATH=/bin:/usr/bin"]
        execution.network = settings["network"] == "host" ? .host : settings["network"] == "usual" ? .usual : .none
        execution.mounts = [ExecutionMount("/out", .files(nil, isReadOnly: false, isMade: true))]
        execution.mounts.append(ExecutionMount("/run/secrets/token", .secret(identifier: "token", mode: 0o400)))
        execution.mounts.append(ExecutionMount("/memory", .memory(bytes: 0)))
        execution.mounts.append(ExecutionMount("/cache", .cache(identifier: "exerciser", beginning: nil, sharing: .shared)))
        for fresh in 0..<(settings["caches"].flatMap { Int($0) } ?? 0) {
            let beginning = Operation.files([.folder(path: "/content", mode: 0o755, owner: 1000)], time: 0).output()
            execution.mounts.append(
                ExecutionMount(
                    "/fresh-\(fresh)",
                    .cache(identifier: RandomBytes.hexadecimal(8), beginning: beginning, part: "content", sharing: .shared)))
        }
        if settings["local"] != nil {
            let local = Operation.local("source", session: session, key: "source").output()
            execution.mounts.append(ExecutionMount("/source", .files(local, isReadOnly: true, isMade: false)))
        }
        if settings["cached"] == nil { execution.arguments.append(RandomBytes.hexadecimal(8)) }
        let made = execution.operation(in: image, platform: nil).output(1)
        if settings["merge"] != nil { return Operation.merge([image, made]).output() }
        return made
    }
}

final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}

struct ArchiveFile: ByteSink {
    let file: Descriptor
    func write(_ bytes: [UInt8]) throws { try file.writeAll(bytes) }
}

do {
    let arguments = Array(CommandLine.arguments.dropFirst())
    try await BuildKitExerciser(arguments).run(arguments.count > 1 ? arguments[1] : "workers")
} catch {
    print("failed: \((error as? BuildKitError)?.message ?? "\(error)")")
    exit(1)
}
