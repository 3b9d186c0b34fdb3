import FarmModel
import FarmStore
import Fetching
import HostSystem
import Recipes

/// Reads the local sources of jobs into the store, each once, so that what runs is what was submitted.
struct LocalSources {
    private let blobs: BlobStore
    private let recipes: RecipeRegistry
    private let readsFiles: Bool
    private let isThere: (Digest) throws(FarmError) -> Bool
    private var session: BlobSession?
    private var known: [Place: Digest] = [:]
    /// Trees that documents name and that are there.
    private var stored: Set<Digest> = []
    /// The trees read so far.
    private(set) var trees: [StoredTree] = []

    private static let byteLimit: Int64 = 16 << 30

    private struct Place: Hashable {
        var path: String
        var include: [String]
        var exclude: [String]
        var ignoreFile: String?
    }

    /// - Parameters:
    ///   - blobs: Where what is read goes.
    ///   - readsFiles: Whether sources may name files of this machine.
    ///   - isThere: Whether a tree that a document names is known.
    init(
        into blobs: BlobStore, recipes: RecipeRegistry, readsFiles: Bool = true, isThere: @escaping (Digest) throws(FarmError) -> Bool
    ) {
        self.blobs = blobs
        self.recipes = recipes
        self.readsFiles = readsFiles
        self.isThere = isThere
    }

    /// Keeps the trees that were read; nil if none was.
    var keeper: BlobKeeper? { session?.keeper }

    /// The job with its local sources bound to trees.
    mutating func bind(_ job: JobSpec) throws(FarmError) -> (spec: JobSpec, trees: [Digest]) {
        guard job.document["sources"] != nil else { return (job, []) }
        let recipe = try recipes.recipe(of: job)
        let sources = try recipe.localSources(job)
        guard !sources.isEmpty else { return (job, []) }
        var digests: [Digest] = []
        for source in sources { digests.append(try tree(of: source, job)) }
        return (try recipe.binding(digests, to: job), digests)
    }

    private mutating func tree(of source: LocalSource, _ job: JobSpec) throws(FarmError) -> Digest {
        if let tree = source.tree { return try known(tree, job) }
        guard readsFiles else {
            throw FarmError(
                .badInput,
                "\(job.place)job \(job.identity): local source \(source.path) is a path of another machine; bf-submit --server brings its files"
            )
        }
        let path = try absolute(source.path, job)
        let place = Place(path: path, include: source.include, exclude: source.exclude, ignoreFile: source.ignoreFile)
        if let tree = known[place] { return tree }
        let tree = try read(source, at: path, job)
        known[place] = tree.digest
        trees.append(tree)
        return tree.digest
    }

    /// A tree that the document names must be there.
    private mutating func known(_ tree: Digest, _ job: JobSpec) throws(FarmError) -> Digest {
        if stored.contains(tree) { return tree }
        guard try isThere(tree) else {
            throw FarmError(
                .noInput, "\(job.place)job \(job.identity): source tree \(tree) is not in the store; upload it, then submit again")
        }
        stored.insert(tree)
        return tree
    }

    private func absolute(_ path: String, _ job: JobSpec) throws(FarmError) -> String {
        if path.isAbsolutePath { return path }
        guard let base = job.base else {
            throw FarmError(
                .badInput, "\(job.place)job \(job.identity): local source \(path) is relative, and the record has no base folder")
        }
        return base + "/" + path
    }

    private mutating func read(_ source: LocalSource, at path: String, _ job: JobSpec) throws(FarmError) -> StoredTree {
        let session = try openSession()
        do throws(TreeProblem) {
            let status = try system { () throws(SystemError) in try Files.status(path, following: true) }
            guard status.type == .folder else { return try readFile(path, session) }
            let folder = try system { () throws(SystemError) in try Files.open(path, [.read, .folder]) }
            let choice = LocalChoice(source, ignoreText: try ignoreText(of: source, in: folder))
            var reader = TreeReader(session: session, byteLimit: Self.byteLimit) { choice.verdict($0, isFolder: $1) }
            return try reader.read(folder).tree
        } catch {
            let problem = error.farmError
            throw FarmError(problem.status, "\(job.place)job \(job.identity): local source \(source.path): \(problem.message)")
        }
    }

    private mutating func openSession() throws(FarmError) -> BlobSession {
        if let session { return session }
        let opened = try blobs.beginSession()
        session = opened
        return opened
    }

    /// A single file is a tree of one entry under its own name.
    private func readFile(_ path: String, _ session: BlobSession) throws(TreeProblem) -> StoredTree {
        let name = path.pathNames().last.map(String.init) ?? path
        let entry = try system { () throws(SystemError) in
            let file = try Files.open(path, [.read, .nonBlocking])
            let status = try file.status()
            let (digest, size) = try session.add(file, limit: Self.byteLimit)
            return TreeEntry(path: name, mode: status.permissions, content: .file(size: size, digest: digest))
        }
        let manifest = TreeManifest(entries: [entry])
        _ = try system { () throws(SystemError) in try session.add(manifest.bytes) }
        do throws(FarmError) { try session.publish() } catch { throw .store(error) }
        return StoredTree(manifest)
    }

    /// The text of the ignore file; one that the document names must be there.
    private func ignoreText(of source: LocalSource, in folder: Descriptor) throws(TreeProblem) -> String? {
        do throws(SystemError) {
            let bytes = try Files.readAll(source.ignoreFile ?? LocalChoice.defaultIgnoreFile, limit: 1 << 20, in: folder)
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            if error.isMissing, source.ignoreFile == nil { return nil }
            throw .system(error)
        }
    }

    private func system<T>(_ body: () throws(SystemError) -> T) throws(TreeProblem) -> T {
        do throws(SystemError) { return try body() } catch { throw .system(error) }
    }
}
