internal import BuildKitClient
internal import Execution
internal import FarmModel
internal import HostSystem

/// The names under which a daemon keeps what belongs to one attempt, and what belongs to the farm.
struct BuildKitNames: Sendable, Equatable {
    /// Begins all names of the farm.
    let farm: String
    /// Begins all names of the attempt.
    let attempt: String

    /// The names of a run; one without a name gets one that nobody else has.
    init(_ run: RunName?) {
        farm = "bf-\(run?.farm ?? "none")"
        attempt = "\(farm)-\(run.map { "\($0.attempt)" } ?? RandomBytes.hexadecimal(8))"
    }

    /// A folder that lasts as long as the attempt.
    func folder(_ name: String) -> String { "\(attempt)-\(name)" }

    /// What a daemon keeps uploads under, to be sent only what has changed. It takes a file of the same size and time for the same, and times
    /// of files are set here: so only what has the same content may have the same name.
    static func uploads(of request: ExecutionRequest) -> String {
        let names = BuildKitNames(request.run)
        guard var text = request.plan.sourcesDigest?.hex else { return names.folder("sources") }
        for dependency in request.dependencies where dependency.path != nil {
            guard let tree = dependency.tree else { return names.folder("sources") }
            text += " \(dependency.name) \(tree)"
        }
        return "\(names.farm)-\(Digest.of(text.utf8).hex)"
    }

    /// Held by whatever runs of the attempt, one after the other: who gets it knows that nothing else runs.
    var lock: String { folder("lock") }

    /// A folder that only one phase has; the number counts the phases that were started.
    func mark(_ number: Int) -> String { folder("phase-\(number)") }

    /// What one phase printed.
    func log(_ number: Int) -> String { folder("log-\(number)") }

    /// How often it is tried to remove the folders of an attempt.
    private static let removals = 5

    /// Where the folders of an attempt are seen; the plans' own caches, which stay, are seen elsewhere.
    private static let places: [String] = {
        let places = PhasePlaces.sandbox
        let own = [PhaseScript.log, PhaseScript.mark, PhaseScript.lock, LockConfirmation.place]
        return [places.build, places.out, places.home, places.temporary] + own
    }()

    /// Removes the folders of attempts. Daemons describe them by their place and the command that they were made for, which names the
    /// attempt.
    static func removeAll(of attempts: [BuildKitNames], from daemon: BuildKitDaemon) async throws(BuildKitError) {
        for _ in 0..<removals {
            let caches = try await daemon.diskUsage(["type==exec.cachemount"])
            let own = caches.filter { cache in
                attempts.contains { cache.description.contains($0.attempt) }
                    && places.contains { cache.description.hasPrefix("cached mount \($0) from ") }
            }
            if own.isEmpty { return }
            // A daemon lets go of what a command has used a little after it has told of the command's end.
            if try await daemon.prune(own.map { "id==\($0.identifier)" }).count >= own.count { return }
            try? await Task.sleep(for: .milliseconds(200))
        }
    }

    /// A cache of the farm's plans.
    func cache(_ identifier: String) -> String { "\(farm)-\(Digest.of(identifier.utf8).hex)" }
}
