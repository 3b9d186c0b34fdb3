internal import AlpinePackage
public import FarmModel
public import Fetching
internal import HostSystem
public import PackageFiles

/// Gets indexes and packages from repositories of this machine and of others.
public struct RepositoryClient: Sendable {
    private let cache: String
    private let downloader: Downloader

    private static let indexLimit: Int64 = 256 << 20
    private static let indexName = "APKINDEX.tar.gz"

    /// A client that keeps indexes beneath the folder `cache`.
    public init(cache: String, settings: URLSettings = URLSettings()) {
        self.cache = cache
        downloader = Downloader(settings: settings)
    }

    /// The index of a repository, checked.
    ///
    /// One of another machine is fetched only if it has changed since the last time.
    /// - Parameter keys: One of them must have signed it; nil if it need not be signed.
    public func index(
        of repository: String, _ architecture: Architecture, keys: Keyring?, _ context: FetchContext
    ) throws(EnvironmentFailure) -> IndexFile {
        try handle(of: RepositoryAddress(repository), architecture, context).read(keys: keys)
    }

    /// The index of a repository, not read yet.
    func handle(
        of repository: RepositoryAddress, _ architecture: Architecture, _ context: FetchContext
    ) throws(EnvironmentFailure) -> IndexHandle {
        let name = repository.file(Self.indexName, architecture)
        switch repository {
        case .folder: return try IndexHandle(try Self.open(name), name: name)
        case .remote: return try IndexHandle(try refreshed(name, context), name: CredentialMask.masked(name))
        }
    }

    /// The index of a repository of this machine; nil if it has none for the architecture.
    func handle(of local: LocalRepository, _ architecture: Architecture) throws(EnvironmentFailure) -> IndexHandle? {
        let path = "\(local.folder)/\(architecture.name)/\(Self.indexName)"
        let isThere = try EnvironmentFailure.system { () throws(SystemError) in try Files.statusIfPresent(path) != nil }
        return isThere ? try IndexHandle(try Self.open(path), name: "\(local.name): \(architecture.name)/\(Self.indexName)") : nil
    }

    /// Copies a package into a file that is not there yet.
    func package(_ name: String, at address: String, to path: String, _ context: FetchContext) throws(EnvironmentFailure) {
        guard address.isAbsolutePath else {
            return try downloader.fetch(address, to: path, byteLimit: .max, context)
        }
        let source = try Self.open(address)
        _ = try EnvironmentFailure.system { () throws(SystemError) in
            try Files.copy(from: source, to: try Files.open(path, [.write, .create, .truncate, .noFollow]))
        }
    }

    private func refreshed(_ address: String, _ context: FetchContext) throws(EnvironmentFailure) -> Descriptor {
        let folder = "\(cache)/indexes/\(Digest.of(Array(address.utf8)).hex)"
        let path = "\(folder)/\(Self.indexName)"
        try EnvironmentFailure.system { () throws(SystemError) in try Files.makeFolders(folder, mode: 0o700) }
        let lock = try context.lock(
            folder + ".lock", .exclusive, toBeTold: "waiting for another fetch of \(CredentialMask.masked(address))")
        defer { try? lock.unlock() }
        try downloader.refresh(address, at: path, byteLimit: Self.indexLimit, context)
        return try EnvironmentFailure.system { () throws(SystemError) in try Files.open(path, [.read, .noFollow]) }
    }

    /// Opens a file of a repository in a folder.
    private static func open(_ path: String) throws(EnvironmentFailure) -> Descriptor {
        do throws(SystemError) {
            let file = try Files.open(path, [.read, .nonBlocking])
            guard try file.status().type == .regular else { throw SystemError(code: 22, attempt: "use as a file", path: path) }
            return file
        } catch {
            throw EnvironmentFailure(error.isMissing ? .badInput : .infrastructure, "\(error)")
        }
    }
}
