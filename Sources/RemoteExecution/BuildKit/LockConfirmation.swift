internal import BuildKitClient
internal import HostSystem

/// Waits until nothing of an attempt runs on a daemon.
///
/// Every command of an attempt holds the attempt's lock, a cache that the daemon gives to one command at a time, and only once that one's
/// container is gone. So whoever gets it knows. What is run for that is a program that does not exist.
struct LockConfirmation {
    /// Where the lock is seen.
    static let place = "/lock"
    private static let program = "/bf-has-the-lock"

    private let daemon: BuildKitDaemon
    private let names: BuildKitNames
    private let platform: Platform?

    init(_ daemon: BuildKitDaemon, _ names: BuildKitNames, _ platform: Platform?) {
        self.daemon = daemon
        self.names = names
        self.platform = platform
    }

    func wait() async throws(BuildKitError) {
        var execution = Execution([Self.program, names.attempt, RandomBytes.hexadecimal(8)])
        execution.name = "\(names.attempt) (waiting for the end)"
        execution.mounts = [ExecutionMount(Self.place, .cache(identifier: names.lock, beginning: nil, sharing: .locked))]
        let root = Operation.files([.folder(path: Self.place, mode: 0o755)], time: 0).output()
        var build = Build(
            .definition(Definition(of: execution.operation(in: root, platform: platform).output())), purpose: "waiting for its end")
        build.isInternal = true
        do { try await daemon.run(build) } catch {
            // The daemon got as far as to look for the program.
            guard error.kind == .refused, error.message.contains(Self.program) else { throw error }
        }
    }
}
