internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// What the commands of an attempt see, and where it comes from: values, from which the steps of builds follow.
struct BuildKitPlaces: Sendable {
    /// The folder inside of what a mount shows, so that it can belong to the user.
    static let part = "content"
    /// Where a script stands.
    static let script = "/run/phase"

    let request: ExecutionRequest
    let names: BuildKitNames
    let platform: Platform?
    /// The session that has the folders of ``uploads``; empty if there are none.
    let session: String
    /// The names of the images that the daemon is asked for.
    let image: String?
    /// The folders that the daemon may have. Old daemons ask the session of the build for them, new ones that of the sources; to both the
    /// name of the latter says that they have them already.
    let uploads: [String: UploadFolder]

    private static let sources = "build"

    /// Who runs commands, as in a sandbox.
    var user: UInt32 { request.plan.user }

    /// The folders that a request brings along.
    static func uploads(_ request: ExecutionRequest) throws(SystemError) -> [String: UploadFolder] {
        var uploads: [String: UploadFolder] = [:]
        let user = request.plan.user
        if try !Files.open(request.workspace.build, [.read, .folder, .noFollow]).isEmptyFolder() {
            uploads[sources] = UploadFolder(request.workspace.build, owner: user, at: part)
        }
        if let root = request.rootPath { uploads["root"] = UploadFolder(root, owner: nil) }
        for (index, dependency) in request.dependencies.enumerated() {
            if let path = dependency.path { uploads[dependencyName(index)] = UploadFolder(path, owner: user, at: part) }
        }
        return uploads
    }

    private static func dependencyName(_ index: Int) -> String { "dependency-\(index)" }

    /// The root of a command, with a place for everything that is mounted: nothing can be made in it.
    /// - Parameter files: paths of the files that are mounted.
    func root(files: [String] = []) -> Output {
        let places = PhasePlaces.sandbox
        let folders = [
            "/proc", "/sys", "/dev", "/run", "/etc", places.build, places.out, places.home, places.temporary, places.dependencies,
        ]
        var changes = (folders + request.caches.map(\.mount.path)).map { FileChange.folder(path: $0, mode: 0o755) }
        changes += dependencyPoints
        if files.contains(where: { $0.hasPrefix(places.secrets) }) { changes.append(.folder(path: places.secrets, mode: 0o755)) }
        changes += (["/etc/resolv.conf", "/etc/hosts"] + files).map { .file(path: $0, content: [], mode: 0o444) }
        return Operation.files(changes, on: bareRoot, time: 0, platform: platform).output()
    }

    private var bareRoot: Output {
        if let image { return Operation.image(image, platform: platform).output() }
        return Operation.local("root", session: session, key: request.rootDigest ?? request.rootPath ?? "", platform: platform).output()
    }

    /// An empty folder that belongs to the user.
    var emptyFolder: Output { Operation.files([.folder(path: "/" + Self.part, mode: 0o755, owner: user)], time: 0).output() }

    /// Sources, outputs, home and temporary files, the trees of other jobs, and the plan's caches.
    var mounts: [ExecutionMount] {
        let places = PhasePlaces.sandbox
        let own = [kept("out", at: places.out), kept("home", at: places.home), kept("tmp", at: places.temporary), mark, lock]
        return sources + own + dependencies(places) + caches
    }

    /// What only one command of the attempt has at a time.
    var lock: ExecutionMount {
        ExecutionMount(PhaseScript.lock, .cache(identifier: names.lock, beginning: nil, sharing: .locked))
    }

    /// A folder that lasts as long as the attempt. All of them are in one, since a daemon takes milliseconds to make one and to remove it.
    ///
    /// Only one command has it at a time: a daemon lets go of what a command had a little after it has told of the end, and whoever asks for
    /// a shared cache in that moment gets a new and empty one.
    func kept(_ name: String, at path: String) -> ExecutionMount {
        ExecutionMount(path, .cache(identifier: names.folder("work"), beginning: work, part: name, sharing: .locked))
    }

    private var work: Output {
        let folders = ["build", "out", "home", "tmp", "mark"]
        return Operation.files(folders.map { .folder(path: "/" + $0, mode: 0o755, owner: user) }, time: 0).output()
    }

    /// Where commands begin. Sources are sent to the daemon, so that a folder of their own begins with them, which has a mark of its own.
    private var sources: [ExecutionMount] {
        guard uploads[Self.sources] != nil else { return [kept("build", at: PhasePlaces.sandbox.build)] }
        let upload = Operation.local(Self.sources, session: session, key: BuildKitNames.uploads(of: request), platform: platform).output()
        let mark = FileChange.folder(path: "/" + Self.sourcesMark, mode: 0o755, owner: user)
        let beginning = Operation.files([mark], on: upload, time: 0, platform: platform).output()
        return [(PhasePlaces.sandbox.build, Self.part), (PhaseScript.sourcesMark, Self.sourcesMark)].map { path, part in
            ExecutionMount(path, .cache(identifier: names.folder("build"), beginning: beginning, part: part, sharing: .locked))
        }
    }

    private static let sourcesMark = "mark"

    /// What tells a command whether the folders of the attempt are those that the commands before it had.
    var mark: ExecutionMount { kept("mark", at: PhaseScript.mark) }

    /// What a phase printed, which is read while it runs.
    /// - Parameter isOver: whether nothing else has it any more, or is about to let go of it.
    func log(_ number: Int, isOver: Bool = false) -> ExecutionMount {
        ExecutionMount(
            PhaseScript.log,
            .cache(identifier: names.log(number), beginning: emptyFolder, part: Self.part, sharing: isOver ? .locked : .shared))
    }

    /// Tells a command that has no script around it from all others.
    func mark(_ number: Int) -> ExecutionMount {
        ExecutionMount(
            PhaseScript.log, .cache(identifier: names.mark(number), beginning: emptyFolder, part: Self.part, sharing: .shared))
    }

    /// A folder that comes back as output 1 of the step, if it is the first that is made.
    var result: ExecutionMount {
        ExecutionMount(PhaseScript.result, .files(emptyFolder, part: Self.part, isReadOnly: false, isMade: true))
    }

    private func dependencies(_ places: PhasePlaces) -> [ExecutionMount] {
        request.dependencies.enumerated().compactMap { index, dependency -> ExecutionMount? in
            guard dependency.path != nil else { return nil }
            let key = dependency.tree?.description ?? dependency.name
            let tree = Operation.local(Self.dependencyName(index), session: session, key: key, platform: platform).output()
            return ExecutionMount(
                "\(places.dependencies)/\(dependency.name)", .files(tree, part: Self.part, isReadOnly: true, isMade: false))
        }
    }

    /// The folders on which the trees of other jobs are mounted, and those between. They are part of the root, which is read-only: dockerd 20.10
    /// lets commands write into a mount of its own, and all who begin with the same folder would see it.
    private var dependencyPoints: [FileChange] {
        var folders: Set<String> = []
        for dependency in request.dependencies {
            let names = dependency.name.split(separator: "/")
            for count in 1...names.count { folders.insert(names.prefix(count).joined(separator: "/")) }
        }
        let (place, trees) = (PhasePlaces.sandbox.dependencies, Set(request.dependencies.map(\.name)))
        // Those between have the mode that a sandbox gives them.
        return folders.sorted().map { folder in
            .folder(path: "\(place)/\(folder)", mode: trees.contains(folder) ? 0o755 : 0o700, owner: user)
        }
    }

    private var caches: [ExecutionMount] {
        request.caches.map { cache in
            let sharing: ExecutionMount.CacheSharing = cache.mount.sharing == .locked ? .locked : .shared
            return ExecutionMount(
                cache.mount.path,
                .cache(identifier: names.cache(cache.mount.id), beginning: emptyFolder, part: Self.part, sharing: sharing))
        }
    }
}
