internal import AlpinePackage
internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// One look at what an environment consists of: its indexes, and the answer.
struct Resolution {
    /// A key of the environment.
    struct Key {
        var key: PublicKey
        var address: String
    }

    private struct Source {
        var handle: IndexHandle
        var name: String
        var address: String
        var tag: String?
        var isPreferred: Bool
        var isTrusted: Bool
    }

    private let environment: PackageEnvironment
    private let architecture: Architecture
    private let keys: [Key]
    private var sources: [Source] = []

    init(_ environment: PackageEnvironment, _ architecture: Architecture, _ keys: [Key]) {
        self.environment = environment
        self.architecture = architecture
        self.keys = keys
    }

    /// Adds an index.
    /// - Parameter isTrusted: Whether it need not be signed.
    mutating func add(_ handle: IndexHandle, of repository: PackageEnvironment.Repository, isTrusted: Bool) {
        sources.append(
            Source(
                handle: handle, name: CredentialMask.masked(repository.address), address: repository.address, tag: repository.tag,
                isPreferred: false, isTrusted: isTrusted))
    }

    /// Adds an index of this machine.
    mutating func add(_ handle: IndexHandle, of local: LocalRepository) {
        sources.append(
            Source(
                handle: handle, name: local.name, address: local.address, isPreferred: local.isPreferred, isTrusted: local.allowsUntrusted))
    }

    /// The answer, from a folder of answers if the same was asked before.
    func lock(keptIn folder: String) throws(EnvironmentFailure) -> EnvironmentLock {
        let path = "\(folder)/\(question.hex).json"
        if let bytes = try? Files.readAll(path, limit: 64 << 20), let object = try? JSONParser.parse(bytes: bytes).object,
            let kept = try? EnvironmentLock(json: object)
        {
            // Those who tidy up see by it when the answer was used last.
            try? Files.setTimes(path, seconds: Clock.wallMilliseconds / 1_000)
            return kept
        }
        let lock = try resolved()
        try EnvironmentFailure.system { () throws(SystemError) in
            try Files.makeFolders(folder, mode: 0o700)
            try Files.writeAtomically(Array(JSONValue.object(lock.json).canonicalText.utf8), to: path, mode: 0o600)
        }
        return lock
    }

    private var empty: EnvironmentLock {
        let locked = keys.map { EnvironmentLock.Key(name: $0.key.name, digest: $0.key.lockDigest, address: $0.address) }
        return EnvironmentLock(environment, architecture, packages: [], keys: locked)
    }

    /// Everything that the answer depends on.
    private var question: Digest {
        let sources = sources.map { source -> JSONValue in
            var json: JSONObject = ["digest": .string(source.handle.digest.hex), "address": .string(source.address)]
            json.add("tag", source.tag)
            json.addIfTrue("preferred", source.isPreferred)
            json.addIfTrue("trusted", source.isTrusted)
            return .object(json)
        }
        let question: JSONValue = ["environment": .object(empty.json), "sources": .array(sources), "release": .string(Release.version)]
        return Digest.of(Array(question.canonicalText.utf8))
    }

    private func resolved() throws(EnvironmentFailure) -> EnvironmentLock {
        let world = try EnvironmentFailure.reading { () throws(FarmError) in
            var world: [Dependency] = []
            for text in environment.packages { world.append(try Dependency(text)) }
            return world
        }
        let keyring = Keyring(keys.map(\.key))
        var indexes: [PackageSource] = []
        for source in sources {
            let index = try source.handle.read(keys: source.isTrusted ? nil : keyring).index
            indexes.append(
                PackageSource(name: source.name, tag: source.tag, isPreferred: source.isPreferred, packages: index.packages))
        }
        let packages: [ResolvedPackage]
        do throws(SolverFailure) {
            packages = try PackageSolver(sources: indexes, architecture: architecture.name).solve(world)
        } catch {
            throw EnvironmentFailure(error)
        }
        var lock = empty
        lock.world = world.map(\.description)
        lock.packages = try EnvironmentFailure.reading { () throws(FarmError) in try locked(packages) }
        return lock
    }

    private func locked(_ packages: [ResolvedPackage]) throws(FarmError) -> [EnvironmentLock.Package] {
        var result: [EnvironmentLock.Package] = []
        for package in packages {
            let record = package.record
            guard record.controlChecksum.count == SHA1.size else {
                throw FarmError(
                    .badInput, "\(sources[package.source].handle.name): \(record.fileName) has no checksum; make the index anew")
            }
            let locked = EnvironmentLock.Package(
                name: record.name, version: record.version, architecture: record.architecture, checksum: record.controlChecksum,
                repository: sources[package.source].address)
            try locked.checkNames()
            result.append(locked)
        }
        return result
    }
}

extension PublicKey {
    /// What locks know the key by.
    var lockDigest: Digest { Digest.of(Array(pem.utf8)) }
}
