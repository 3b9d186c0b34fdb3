internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// The folders that a daemon gets for a Dockerfile.
struct DockerfileFolders: Sendable {
    /// By the names under which it asks for them.
    let uploads: [String: UploadFolder]
    /// The trees of other jobs, by their names, and what they are called in ``uploads``.
    let contexts: [String: String]
    /// The Dockerfile in its folder.
    let file: String

    /// - Throws: `badInput` if there is no such context in the sources.
    init(_ request: ExecutionRequest, _ body: DockerfileBody) throws(ExecutionFailure) {
        let context = try Self.context(request, body)
        let folder: UploadFolder
        switch body.place {
        case .file(let path):
            folder = context
            file = path
        case .text(let text):
            folder = try Self.write(text, into: request.workspace.temporary + "/dockerfile")
            file = DockerfileBody.usualFile
        }
        var uploads = [DockerfileBuild.contextFolder: context, DockerfileBuild.fileFolder: folder]
        var contexts: [String: String] = [:]
        for (index, dependency) in request.dependencies.enumerated() {
            guard let path = dependency.path else { continue }
            let name = "dependency-\(index)"
            uploads[name] = UploadFolder(path)
            contexts[dependency.name] = name
        }
        self.uploads = uploads
        self.contexts = contexts
    }

    /// Nothing runs here that could exchange it after this look.
    private static func context(_ request: ExecutionRequest, _ body: DockerfileBody) throws(ExecutionFailure) -> UploadFolder {
        let build = request.workspace.build
        guard let path = body.context else { return UploadFolder(build) }
        do {
            let folder = try Files.open(build, [.read, .folder, .noFollow])
            _ = try Files.open(path, beneath: folder, [.read, .folder])
        } catch {
            throw ExecutionFailure(.badInput, "dockerfile.context: there is no folder \(path) in the sources of the job (\(error))")
        }
        return UploadFolder("\(build)/\(path)")
    }

    private static func write(_ text: String, into folder: String) throws(ExecutionFailure) -> UploadFolder {
        do {
            try Files.makeFolders(folder, mode: 0o755)
            try Files.open("\(folder)/\(DockerfileBody.usualFile)", [.write, .create, .truncate], mode: 0o644).writeAll(Array(text.utf8))
        } catch {
            throw ExecutionFailure(.infrastructure, "the Dockerfile could not be written: \(error)")
        }
        return UploadFolder(folder)
    }
}
