internal import BuildKitClient
internal import EngineClient
internal import Execution
internal import FarmModel

/// Gets the root file systems of plans onto a daemon.
struct EngineImages: Sendable {
    /// An image that the daemon has.
    struct Image: Sendable {
        /// Its id.
        var id: String
        /// The search path that it brings.
        var searchPath: String?
    }

    /// Places of a root that phases see something else at.
    private static let own: Set<String> = ["proc", "dev", "sys", "tmp", "build", "out", "deps", "run"]

    let client: EngineClient
    /// What the daemon runs natively.
    let native: Architecture?
    private let logins: RegistryLogins
    /// One upload or pull of the same thing at a time.
    private let gate = KeyedGate()

    init(_ client: EngineClient, _ backend: BackendRecord) {
        self.client = client
        native = Architecture(backend.architecture)
        logins = RegistryLogins(backend.registryAuth)
    }

    /// The image for a request's phases. What a digest was given of is not asked for by name again: a name may move meanwhile.
    func image(for request: ExecutionRequest, _ names: EngineNames) async throws -> Image {
        switch request.plan.environment {
        case .image(let reference):
            if let known = request.imageDigest, let image = try await client.image(known) { return found(image) }
            return found(try await details(of: reference, for: request.plan.architecture))
        case .root, .host, .packages:
            guard let path = request.rootPath else {
                throw ExecutionFailure(.unsatisfiable, "the environment is that of the runner's machine, which no container has")
            }
            let name = names.rootImage(request.rootDigest)
            return try await gate.run(name) { try await imported(path, name) }
        }
    }

    /// An image by its name, which the daemon fetches if it does not have it.
    func details(of reference: String, for architecture: Architecture) async throws -> ImageDetails {
        let isEmulated = architecture != .noarch && architecture != native
        let platform = isEmulated ? EnginePlatform.name(architecture) : nil
        return try await gate.run(reference) { try await pulled(reference, platform) }
    }

    /// What identifies the content of an image to this daemon, waiting for it.
    func digest(
        of reference: String, for architecture: Architecture, until deadline: Int64, stop: StopRequest
    ) throws(ExecutionFailure) -> String {
        do {
            return try Blocking.run(until: deadline, stop: stop) { try await details(of: reference, for: architecture).id }
        } catch {
            throw ExecutionFailure(error, "the image could not be looked at")
        }
    }

    private func imported(_ path: String, _ name: String) async throws -> Image {
        if let image = try await client.image(name) { return Image(id: image.id) }
        // The places are made, as a root that is read-only has no room for them later.
        let folders = Self.own.sorted().map { FolderArchive.Member.folder($0, mode: 0o755) }
        let archive = FolderArchive([.content(of: path, below: "", without: Self.own)] + folders, owner: 0)
        try await client.importImage(ArchiveUpload(archive), as: name)
        guard let image = try await client.image(name) else {
            throw ExecutionFailure(.infrastructure, "\(client.address): the root file system was imported and is not there")
        }
        return Image(id: image.id)
    }

    private func pulled(_ reference: String, _ platform: String?) async throws -> ImageDetails {
        if let image = try await client.image(reference), fits(image, platform) { return image }
        let registry = ImageReference.registry(of: reference)
        let login = try logins.login(to: registry)
        do throws(EngineError) {
            try await client.pull(reference, platform: platform, credentials: login?.credentials)
        } catch {
            if error.isUnauthorized { throw RegistryRefusal(registry, login, logins).failure(for: reference, error.reason) }
            if error.isMissing { throw ExecutionFailure(.badInput, "there is no image \(reference): \(error.reason)") }
            throw error
        }
        guard let image = try await client.image(reference) else {
            throw ExecutionFailure(.infrastructure, "\(client.address): image \(reference) was pulled and is not there")
        }
        return image
    }

    private func fits(_ image: ImageDetails, _ platform: String?) -> Bool {
        guard let platform else { return true }
        return platform.split(separator: "/").dropFirst().first.map(String.init) == image.architecture
    }

    private func found(_ image: ImageDetails) -> Image {
        let prefix = "PATH="
        return Image(id: image.id, searchPath: image.variables.last { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    }
}
