import Documents
import Execution
import FarmModel
import FarmStore
import Glibc
import HostSystem
import PackageFiles

/// Everything an attempt sees, laid out; trees and caches stay locked as long as this lives.
struct LaidOut {
    /// Folders for `$BF_DEPS/NAME`.
    var dependencies: [ExecutionRequest.Dependency] = []
    /// Folders for caches.
    var caches: [ExecutionRequest.Cache] = []
    /// The root folder, if it is not the machine's own.
    var rootPath: String?
    /// The packages that the root is made of, once that is needed.
    var packages: ResolvedPackages?
    /// The image, as the backend identifies it.
    var imageDigest: String?
    /// What the root file system is, for the input digest.
    var environment = ""
    /// What must stay locked meanwhile.
    var held: [AnyObject] = []
}

/// Lays out sources, needed trees, caches and the root file system of an attempt.
struct Layout {
    let context: AttemptContext
    let workspace: Workspace
    let plan: Plan
    let preparation: Preparation
    /// Whether a backend runs the job.
    var isRemote = false

    /// Everything but the root file system.
    func lay(_ needs: [NeededTree], _ laid: inout LaidOut) throws(AttemptFailure) {
        try laySources()
        if let packages = laid.packages {
            try packages.lay(&laid)
        } else {
            try layNeeds(needs, &laid)
        }
        try layCaches(&laid)
    }

    private func laySources() throws(AttemptFailure) {
        for source in plan.sources {
            let destination = try folder(for: source.destination)
            switch source.origin {
            case .local(let local):
                guard let tree = local.tree else {
                    throw AttemptFailure(.badInput, "local source \(local.path) was not stored at submission")
                }
                try AttemptFailure.wrap { () throws(FarmError) in try write(tree, into: destination) }
            case .url(let url):
                try preparation.place(url, in: destination)
            case .git(let git):
                try preparation.checkOut(git, into: path(of: source.destination))
            case .texts(let texts): try write(texts, into: destination)
            }
        }
    }

    private func write(_ texts: [String: String], into folder: Descriptor) throws(AttemptFailure) {
        try AttemptFailure.system { () throws(SystemError) in
            for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
                let parent = PathText.parent(of: path)
                if !parent.isEmpty { try Files.makeFolders(parent, mode: 0o755, in: folder) }
                let place = parent.isEmpty ? folder : try Files.open(parent, beneath: folder, [.read, .folder])
                let file = try Files.open(PathText.lastPart(of: path), [.write, .create, .exclusive, .noFollow], mode: 0o644, in: place)
                try file.writeAll(Array(text.utf8))
            }
        }
    }

    /// The folder of a destination beneath `/build`, made if it is missing; links of other sources are not followed.
    private func folder(for destination: String?) throws(AttemptFailure) -> Descriptor {
        try AttemptFailure.system { () throws(SystemError) in
            var folder = try Files.open(workspace.build, [.read, .folder, .noFollow])
            for part in (destination ?? "").pathNames() {
                do throws(SystemError) { try Files.makeFolder(String(part), mode: 0o755, in: folder) } catch  where error.isExisting {}
                folder = try Files.open(String(part), beneath: folder, [.read, .folder])
            }
            return folder
        }
    }

    /// The path of a folder that ``folder(for:)`` has walked without meeting a link.
    private func path(of destination: String?) -> String { destination.map { workspace.build + "/" + $0 } ?? workspace.build }

    private func write(_ tree: Digest, into folder: Descriptor) throws(FarmError) {
        let manifest = try context.store.blobs.manifest(tree)
        try TreeWriter(blobs: context.store.blobs, sourceDateEpoch: plan.sourceDateEpoch).write(manifest, into: folder)
    }

    private func layNeeds(_ needs: [NeededTree], _ laid: inout LaidOut) throws(AttemptFailure) {
        for need in needs where need.isDirect || need.tree != StoredTree.empty.digest {
            let path = try AttemptFailure.wrap { () throws(FarmError) in try place(need, &laid) }
            laid.dependencies.append(ExecutionRequest.Dependency(name: need.name, path: path, tree: need.tree))
        }
    }

    /// The folder of a needed tree; nil for one in which there is nothing.
    private func place(_ need: NeededTree, _ laid: inout LaidOut) throws(FarmError) -> String? {
        if need.tree == StoredTree.empty.digest { return nil }
        guard isRemote || context.options.isolation != .none else { return try copy(need) }
        let view = try context.trees.view(of: need.tree, sourceDateEpoch: plan.sourceDateEpoch)
        laid.held.append(view)
        return view.path
    }

    /// Without isolation a job could write into a shared view, so it gets a copy of its own.
    private func copy(_ need: NeededTree) throws(FarmError) -> String {
        let path = workspace.needs + "/" + need.tree.hex
        let isThere = try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(path) != nil }
        if isThere { return path }
        let folder = try FarmError.wrap { () throws(SystemError) in
            try Files.makeFolders(path, mode: 0o755)
            return try Files.open(path, [.read, .folder])
        }
        try write(need.tree, into: folder)
        return path
    }

    private func layCaches(_ laid: inout LaidOut) throws(AttemptFailure) {
        for cache in plan.caches {
            let volume = CacheVolume(cache, directory: context.store.directory)
            try volume.lock(stop: preparation.stop)
            laid.caches.append(ExecutionRequest.Cache(mount: cache, path: volume.path))
            laid.held.append(volume)
        }
    }

    /// The root file system, first: what it is decides with the rest whether there is anything to do.
    /// - Parameters:
    ///   - needs: what other jobs made; packages among it may become part of it.
    ///   - knownEnvironment: what it was found to be when the job was claimed.
    ///   - executor: what will run the job, which may have to be asked what an image is.
    func layRoot(
        _ laid: inout LaidOut, needs: [NeededTree], knownEnvironment: String? = nil, on executor: (any Executor)? = nil
    ) throws(AttemptFailure) {
        if let dockerfile = plan.dockerfile {
            laid.environment = try environment(of: dockerfile)
            return
        }
        try layEnvironment(&laid, needs, knownEnvironment, executor)
        guard !plan.packages.isEmpty else { return }
        // Packages that are signed by another key are others.
        let key = try AttemptFailure.wrap { () throws(FarmError) in try context.signingKeys.key().publicKey.pem }
        laid.environment += " signed:" + Digest.of(key.utf8).hex
    }

    private func layEnvironment(
        _ laid: inout LaidOut, _ needs: [NeededTree], _ knownEnvironment: String?, _ executor: (any Executor)?
    ) throws(AttemptFailure) {
        switch plan.environment {
        case .host: laid.environment = knownEnvironment ?? context.hostRoot.text
        case .root(let path):
            let root = try RootFolder(path: path, store: context.store, stop: preparation.stop, deadline: preparation.deadline).prepare()
            laid.rootPath = root.path
            laid.environment = root.digest
            if let lock = root.lock { laid.held.append(lock) }
        case .packages(let environment):
            let packages = try resolve(environment, needs)
            laid.environment = packages.environment
            laid.packages = packages
        case .image(let reference):
            guard let remote = executor as? any RemoteExecutor else {
                throw AttemptFailure(.unsatisfiable, "environment.image \(reference): this runner has no executor for OCI images")
            }
            do throws(ExecutionFailure) {
                laid.imageDigest = try remote.digest(
                    ofImage: reference, for: plan.architecture, until: preparation.deadline, stop: preparation.stop)
                // Without a digest nobody can tell whether it is the same image another time, so nothing is taken for unchanged.
                laid.environment = "image:" + (laid.imageDigest ?? "\(reference) \(Hexadecimal.text(of: RandomBytes.make(16)))")
            } catch {
                throw AttemptFailure(error.failure, "environment.image \(reference): \(error.message)")
            }
        }
    }

    private func resolve(_ environment: PackageEnvironment, _ needs: [NeededTree]) throws(AttemptFailure) -> ResolvedPackages {
        var surroundings = PackageSurroundings(context: context, preparation: preparation)
        try surroundings.add(needs, sourceDateEpoch: plan.sourceDateEpoch)
        let lock = try preparation.log.inPhase(ResolvedPackages.phase) { () throws(AttemptFailure) in
            try surroundings.resolve(environment, for: plan.architecture)
        }
        return ResolvedPackages(surroundings: surroundings, lock: lock)
    }

    /// What the images come to that a Dockerfile begins with. Only the daemon that builds it learns what their tags mean, so nothing is taken
    /// for unchanged unless it has no such names.
    private func environment(of dockerfile: DockerfileBody) throws(AttemptFailure) -> String {
        let text: String
        switch dockerfile.place {
        case .text(let given): text = given
        case .file(let name):
            let path = [dockerfile.context, name].compactMap(\.self).joined(separator: "/")
            text = try read(path)
        }
        return DockerfileText(text).hasFixedImages ? "dockerfile" : "dockerfile:" + Hexadecimal.text(of: RandomBytes.make(16))
    }

    private func read(_ path: String) throws(AttemptFailure) -> String {
        do throws(SystemError) {
            let folder = try Files.open(workspace.build, [.read, .folder, .noFollow])
            let file = try Files.open(path, beneath: folder, [.read])
            guard try file.status().type == .regular else { throw SystemError(code: EINVAL, attempt: "read", path: path) }
            return String(decoding: try file.readAll(limit: DocumentLimits.scriptBytes), as: UTF8.self)
        } catch  where error.code == ELOOP {
            // Only the daemon follows links, beneath the context.
            return ""
        } catch {
            throw AttemptFailure(.badInput, "dockerfile.file: \(path) cannot be read from the sources of the job: \(error)")
        }
    }
}
