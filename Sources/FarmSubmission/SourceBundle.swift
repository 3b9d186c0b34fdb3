public import FarmModel
public import FarmStore
internal import HostSystem
public import Recipes

/// Jobs that go to another machine, with the files of their local sources: read once, so that what is sent is what was submitted.
public final class SourceBundle {
    /// The jobs, with trees in the place of local sources.
    public private(set) var jobs: [JobSpec] = []
    /// The trees that were read.
    public var trees: [StoredTree] { sources.trees }
    /// The files and manifests of the trees.
    public let blobs: BlobStore
    private let folder: String
    private var sources: LocalSources

    /// Reads the local sources into a temporary folder, which goes with the bundle.
    /// - Throws: `badInput` for a source that cannot be read or a graph that is wrong.
    public init(_ jobs: [JobSpec], _ options: SubmitOptions, recipes: RecipeRegistry = .standard) throws(FarmError) {
        let graph = try JobGraph(jobs, missingNeeds: options.missingNeeds)
        folder = try FarmError.wrap { () throws(SystemError) in
            try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "bf-submit-")
        }
        blobs = try BlobStore(newAt: folder + "/sources")
        sources = LocalSources(into: blobs, recipes: recipes, isThere: { _ in true })
        for job in graph.jobs {
            var bound = try sources.bind(job).spec
            // Means nothing elsewhere.
            bound.base = nil
            bound.document["base"] = nil
            self.jobs.append(bound)
        }
    }

    deinit { remove() }

    /// Removes the copies of the sources, before the bundle goes.
    public func remove() { try? Files.removeTree(folder) }
}
