internal import BuildKitClient

/// Removes what ended attempts used on a daemon, beside the next ones: a daemon takes tens of milliseconds to look through its cache, for many
/// attempts as for one.
actor AttemptRemoval {
    /// How long attempts are waited for that end soon after.
    private static let pause = Duration.milliseconds(500)

    private let daemon: BuildKitDaemon
    private var attempts: [BuildKitNames] = []
    private var work: Task<Void, Never>?
    private var pause: Task<Void, Never>?

    init(_ daemon: BuildKitDaemon) { self.daemon = daemon }

    /// Removes what this attempt used, soon.
    func add(_ names: BuildKitNames) {
        attempts.append(names)
        if work == nil { work = Task { await run() } }
    }

    /// Waits until everything is removed.
    func settle() async {
        pause?.cancel()
        await work?.value
    }

    private func run() async {
        pause = Task { try? await Task.sleep(for: Self.pause) }
        await pause?.value
        while !attempts.isEmpty {
            let batch = attempts
            attempts = []
            try? await BuildKitNames.removeAll(of: batch, from: daemon)
        }
        work = nil
    }
}
