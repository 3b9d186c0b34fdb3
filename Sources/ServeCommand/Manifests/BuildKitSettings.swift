/// The settings of a BuildKit daemon in a pool.
enum BuildKitSettings {
    /// Where a daemon can be asked by programs beside it.
    static let socket = "unix:///run/buildkit/buildkitd.sock"

    /// Without these a daemon cuts off what a step prints after 2 MiB, or 200 KB in a second.
    static let variables = ["BUILDKIT_STEP_LOG_MAX_SIZE", "BUILDKIT_STEP_LOG_MAX_SPEED"]
    /// As much as there is.
    static let unlimited = "-1"

    /// `buildkitd.toml`: who is let in, how many steps run at once, and what its caches may take of the disk they are on.
    /// - Parameters:
    ///   - folder: the folder with `ca.crt`, `tls.crt` and `tls.key`.
    ///   - maxJobs: jobs at once. A step more, as what a job printed is fetched by one of its own.
    static func text(certificates folder: String, maxJobs: Int) -> String {
        """
        root = "/var/lib/buildkit"

        [grpc]
          address = ["\(socket)", "tcp://0.0.0.0:\(PoolPlan.buildKitPort)"]
          [grpc.tls]
            ca = "\(folder)/ca.crt"
            cert = "\(folder)/tls.crt"
            key = "\(folder)/tls.key"

        [history]
          maxAge = 3600
          maxEntries = 100

        [worker.oci]
          enabled = true
          max-parallelism = \(maxJobs + 1)
          gc = true
          reservedSpace = "10%"
          maxUsedSpace = "75%"
          minFreeSpace = "10%"

        [worker.containerd]
          enabled = false

        """
    }
}
