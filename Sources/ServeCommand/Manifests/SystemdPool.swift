internal import Documents
internal import FarmModel

/// A pool of machines with systemd: the files of the coordinator and those that are the same on each builder.
struct SystemdPool {
    let plan: PoolPlan
    /// The folder with `bin/bf-serve` and `bin/bf-run` on the coordinator.
    let prefix: String

    private static let units = "/etc/systemd/system/"
    private static let backends = "/etc/bf/backends.yaml"
    private static let settings = "/etc/buildkit/buildkitd.toml"
    private static let tls: JSONObject = [
        "ca": "/etc/bf/buildkit/ca.crt", "cert": "/etc/bf/buildkit/tls.crt", "key": "/etc/bf/buildkit/tls.key",
        "serverName": .string(PoolPlan.builderName),
    ]

    /// The files of the coordinator.
    var coordinatorFiles: [PlacedFile] {
        [
            PlacedFile(path: Self.units + "bf-serve.service", text: server.text),
            PlacedFile(path: Self.units + "bf-run.service", text: runner.text),
            PlacedFile(path: Self.backends, text: YAMLText.of(plan.backends(tls: Self.tls, addresses: addresses))),
        ]
    }

    /// The files of each builder.
    var builderFiles: [PlacedFile] {
        [
            PlacedFile(path: Self.units + "buildkitd.service", text: daemon.text),
            PlacedFile(path: Self.settings, text: BuildKitSettings.text(certificates: "/etc/buildkit/tls", maxJobs: plan.maxJobs)),
        ]
    }

    /// All files, each below its path, as `systemctl cat` shows units.
    var text: String {
        let head = """
            # A pool of bf: a coordinator and \(plan.replicas * plan.architectures.count) builders. bf-scaling(7) tells how it is looked after.
            # A line of "# /path" begins the file of that path.
            # The user bf has to be there, and in /etc/bf/buildkit of the coordinator and /etc/buildkit/tls of the builders
            # ca.crt, tls.crt and tls.key; the certificate of the builders is for the name \(PoolPlan.builderName).


            """
        return head + part("The coordinator.", coordinatorFiles) + "\n" + part("Each builder.", builderFiles)
    }

    private func part(_ title: String, _ files: [PlacedFile]) -> String {
        "# \(title)\n" + files.map { "\n# \($0.path)\n\($0.text)" }.joined()
    }

    /// Names to be changed into those of the machines.
    private func addresses(_ architecture: Architecture) -> [String] {
        (1...plan.replicas).map { "tcp://builder-\(architecture.containerName)-\($0):\(PoolPlan.buildKitPort)" }
    }

    private var server: SystemdUnit {
        var service: [SystemdUnit.Setting] = [("Type", "notify")]
        service.append(("ExecStart", "\(prefix)/bin/bf-serve --quiet --backends-config \(Self.backends)"))
        service += Self.farmService
        service += Self.narrow
        return unit("HTTP server of the build farm", "bf-serve(8)", service)
    }

    /// A runner that runs nothing itself, so that it needs none of what sandboxes need.
    private var runner: SystemdUnit {
        var service: [SystemdUnit.Setting] = [("Type", "notify")]
        service.append(("ExecStart", "\(prefix)/bin/bf-run --quiet --daemon --jobs 0"))
        service += [("StandardOutput", "null"), ("KillMode", "mixed")]
        service += Self.farmService
        return unit("Runner of the build farm, for its backends", "bf-run(1)", service)
    }

    private var daemon: SystemdUnit {
        var service: [SystemdUnit.Setting] = [("Type", "notify")]
        service.append(("ExecStart", "/usr/bin/buildkitd --config \(Self.settings)"))
        for name in BuildKitSettings.variables { service.append(("Environment", "\(name)=\(BuildKitSettings.unlimited)")) }
        service += Self.daemonService
        return unit("BuildKit daemon of the build farm", "bf-scaling(7)", service)
    }

    private func unit(_ description: String, _ page: String, _ service: [SystemdUnit.Setting]) -> SystemdUnit {
        let network = "network-online.target"
        let unit: [SystemdUnit.Setting] = [
            ("Description", description), ("Documentation", "man:\(page)"), ("Wants", network), ("After", network),
        ]
        return SystemdUnit(sections: [("Unit", unit), ("Service", service), ("Install", [("WantedBy", "multi-user.target")])])
    }

    /// What both of bf's services have.
    private static let farmService: [SystemdUnit.Setting] = [
        ("User", "bf"), ("StateDirectory", "bf"), ("StateDirectoryMode", "0700"), ("UMask", "0077"), ("Restart", "on-failure"),
        ("TimeoutStopSec", "10min"), ("LimitNOFILE", "65536"), ("NoNewPrivileges", "yes"), ("CapabilityBoundingSet", ""),
        ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"), ("ProtectClock", "yes"), ("ProtectHostname", "yes"),
        ("ProtectKernelLogs", "yes"), ("ProtectKernelModules", "yes"), ("ProtectKernelTunables", "yes"), ("ProtectControlGroups", "yes"),
        ("RestrictNamespaces", "yes"), ("RestrictRealtime", "yes"), ("LockPersonality", "yes"), ("SystemCallArchitectures", "native"),
        ("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6 AF_NETLINK"),
    ]

    /// What a service may besides that starts no programs of others.
    private static let narrow: [SystemdUnit.Setting] = [
        ("PrivateDevices", "yes"), ("MemoryDenyWriteExecute", "yes"), ("SystemCallFilter", "@system-service"),
        ("SystemCallErrorNumber", "EPERM"), ("RestrictSUIDSGID", "yes"),
    ]

    /// A daemon that makes containers: what they need of the machine stays as it is.
    private static let daemonService: [SystemdUnit.Setting] = [
        ("StateDirectory", "buildkit"), ("RuntimeDirectory", "buildkit"), ("Restart", "on-failure"), ("TimeoutStopSec", "10min"),
        ("Delegate", "yes"), ("KillMode", "mixed"), ("LimitNOFILE", "1048576"), ("TasksMax", "infinity"), ("OOMScoreAdjust", "-500"),
        ("ProtectSystem", "full"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"), ("ProtectClock", "yes"), ("ProtectKernelLogs", "yes"),
        ("RestrictRealtime", "yes"),
    ]
}
