internal import AlpinePackage
public import FarmModel
public import Fetching
internal import HostSystem
internal import PackageFiles

/// Root file systems of packages: what an environment names is resolved to a lock, and a lock is made into a root, once.
///
/// Everything is kept below the folder `cache`, which may be deleted while nobody uses it: `indexes`, `keys`, `resolutions`, `packages` and
/// `roots/apk-DIGEST`.
public struct PackageEnvironmentBuilder: Sendable {
    private let cache: String
    private let client: RepositoryClient
    private let downloader: Downloader
    private let allowsUntrusted: Bool

    /// A builder that keeps everything below the folder `cache`.
    /// - Parameter allowsUntrusted: Whether indexes of the environment's repositories need not be signed.
    public init(cache: String, settings: URLSettings = URLSettings(), allowsUntrusted: Bool = false) {
        self.cache = cache
        self.allowsUntrusted = allowsUntrusted
        client = RepositoryClient(cache: cache, settings: settings)
        downloader = Downloader(settings: settings)
    }

    /// What an environment consists of now.
    ///
    /// Each repository is asked whether its index has changed; if none has, the answer is the one of the last time.
    /// - Parameter local: Repositories of this machine beside those of the environment.
    /// - Throws: `badInput` for an environment, key or index that is wrong, `unsatisfiable` if its packages do not go together,
    ///   `infrastructure` if something cannot be reached; without a class when it was stopped.
    public func resolve(
        _ environment: PackageEnvironment, architecture: Architecture, local: [LocalRepository] = [], context: FetchContext
    ) throws(EnvironmentFailure) -> EnvironmentLock {
        let keys = try keys(of: environment, context)
        var resolution = Resolution(environment, architecture, keys)
        for repository in local {
            let handle = try client.handle(of: repository, architecture)
            if handle == nil { context.log("\(repository.name) has no packages for \(architecture.name)") }
            guard let handle else { continue }
            resolution.add(handle, of: repository)
        }
        for repository in environment.repositories {
            let handle = try client.handle(of: try RepositoryAddress(repository.address), architecture, context)
            resolution.add(handle, of: repository, isTrusted: allowsUntrusted)
        }
        return try resolution.lock(keptIn: "\(cache)/resolutions")
    }

    /// The root of a lock, made now if it is not there yet.
    /// - Parameter local: The repositories of this machine that the lock was resolved with.
    /// - Throws: `badInput` for packages that are damaged, are not what the lock says, or do not go together; `infrastructure` if something
    ///   cannot be reached; without a class when it was stopped.
    public func root(
        for lock: EnvironmentLock, local: [LocalRepository] = [], context: FetchContext
    ) throws(EnvironmentFailure) -> PreparedRoot {
        let digest = lock.digest.hex
        let folder = SharedRoot(path: "\(cache)/roots/apk-\(digest)", context: context)
        let held = try folder.obtain { path throws(EnvironmentFailure) in try make(lock, local, into: path, context) }
        return PreparedRoot(path: folder.path, digest: "apk:\(digest)", lock: held)
    }

    private func make(
        _ lock: EnvironmentLock, _ local: [LocalRepository], into path: String, _ context: FetchContext
    ) throws(EnvironmentFailure) {
        var keys: [PublicKey] = []
        for locked in lock.keys {
            let key = try KeyStore(cache: cache, downloader: downloader).key(at: locked.address, context)
            guard key.name == locked.name, key.lockDigest == locked.digest else {
                throw EnvironmentFailure(
                    .badInput, "the key \(locked.name) is another than when the environment was resolved; resolve it anew")
            }
            keys.append(key)
        }
        let packages = try packages(of: lock, local, context)
        context.log("making a root of \(packages.count) packages")
        try RootBuilder(lock, packages: packages, keys: keys, context).build(into: path)
    }

    /// The packages in the order of the lock, all held.
    private func packages(
        of lock: EnvironmentLock, _ local: [LocalRepository], _ context: FetchContext
    ) throws(EnvironmentFailure) -> [CachedPackage] {
        let cache = PackageCache(folder: "\(cache)/packages", client: client, context: context)
        var found: [[UInt8]: CachedPackage] = [:]
        for locked in lock.packages.sorted(by: { $0.checksum.lexicographicallyPrecedes($1.checksum) }) where found[locked.checksum] == nil {
            found[locked.checksum] = try cache.package(locked, from: try address(of: locked, in: lock, local))
        }
        return lock.packages.compactMap { found[$0.checksum] }
    }

    private func address(
        of package: EnvironmentLock.Package, in lock: EnvironmentLock, _ local: [LocalRepository]
    ) throws(EnvironmentFailure) -> String {
        if let repository = local.first(where: { $0.address == package.repository }) {
            return "\(repository.folder)/\(lock.architecture.name)/\(package.fileName)"
        }
        return try RepositoryAddress(package.repository).file(package.fileName, lock.architecture)
    }

    private func keys(of environment: PackageEnvironment, _ context: FetchContext) throws(EnvironmentFailure) -> [Resolution.Key] {
        let store = KeyStore(cache: cache, downloader: downloader)
        var keys: [Resolution.Key] = []
        for address in environment.keys {
            let key = try store.key(at: address, context)
            if let known = keys.first(where: { $0.key.name == key.name }) {
                guard known.key == key else {
                    throw EnvironmentFailure(.badInput, "the environment has two different keys named \(key.name); leave one out")
                }
                continue
            }
            keys.append(Resolution.Key(key: key, address: address))
        }
        return keys
    }
}
