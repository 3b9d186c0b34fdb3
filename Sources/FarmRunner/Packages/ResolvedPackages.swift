import FarmModel
import PackageRoots

/// What an environment of packages consists of now.
struct ResolvedPackages {
    /// The phase of the log that tells of it.
    static let phase = "environment"

    let surroundings: PackageSurroundings
    let lock: EnvironmentLock

    /// For the input digest.
    var environment: String { "apk:" + lock.digest.hex }

    /// Makes the root, or finds it made.
    func lay(_ laid: inout LaidOut) throws(AttemptFailure) {
        let root = try surroundings.preparation.log.inPhase(Self.phase) { () throws(AttemptFailure) in try surroundings.root(for: lock) }
        laid.rootPath = root.path
        laid.held.append(root.lock)
    }
}
