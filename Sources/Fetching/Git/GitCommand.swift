internal import HostSystem

/// Starts git so that nothing but its arguments decides what it does: no configuration of the machine or a user, no hooks, filters, prompts,
/// helpers or pagers.
struct GitCommand {
    let settings: GitSettings
    /// An empty folder in place of the user's home.
    let home: String
    /// The file of ssh hosts trusted at first sight.
    let trustedHosts: String

    private static let configuration = [
        "advice.detachedHead=false",
        "core.askPass=/bin/false",
        "core.attributesFile=/dev/null",
        "core.autocrlf=false",
        "core.eol=lf",
        "core.excludesFile=/dev/null",
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.logAllRefUpdates=false",
        "core.symlinks=true",
        "credential.helper=",
        // Old repositories are full of these; they are about names and dates, never about paths.
        "fetch.fsck.badTimezone=ignore",
        "fetch.fsck.missingSpaceBeforeDate=ignore",
        "fetch.fsck.zeroPaddedFilemode=ignore",
        "fetch.recurseSubmodules=false",
        // Everything fetched stays in packs, checked while they come in.
        "fetch.unpackLimit=1",
        "gc.auto=0",
        "http.followRedirects=initial",
        "http.lowSpeedLimit=100",
        "http.lowSpeedTime=120",
        "maintenance.auto=false",
        "submodule.recurse=false",
        "transfer.bundleURI=false",
        "transfer.fsckObjects=true",
    ]

    /// A request for git.
    /// - Parameters:
    ///   - scheme: the one protocol it may speak; nil for none at all.
    ///   - variables: further variables, as `NAME=value`.
    func request(
        _ arguments: [String], scheme: GitAddress.Scheme? = nil, variables: [String] = [], workingDirectory: String? = nil
    ) -> SpawnRequest {
        let options = Self.configuration.flatMap { ["-c", $0] } + (scheme == .file ? ["-c", "protocol.file.allow=always"] : [])
        var request = SpawnRequest(
            ["git", "--no-pager"] + options + arguments, environment: environment(scheme) + variables)
        request.workingDirectory = workingDirectory ?? home
        request.limits.append(ResourceLimit(.fileSize, UInt64(clamping: settings.byteLimit)))
        return request
    }

    private func environment(_ scheme: GitAddress.Scheme?) -> [String] {
        settings.environment + [
            "HOME=\(home)",
            "XDG_CONFIG_HOME=\(home)",
            "GIT_CONFIG_NOSYSTEM=1",
            "GIT_CONFIG_GLOBAL=/dev/null",
            "GIT_ATTR_NOSYSTEM=1",
            "GIT_TERMINAL_PROMPT=0",
            "GIT_ASKPASS=/bin/false",
            "SSH_ASKPASS=/bin/false",
            "GIT_ALLOW_PROTOCOL=\(scheme?.rawValue ?? "none")",
            "GIT_LITERAL_PATHSPECS=1",
            "GIT_NO_LAZY_FETCH=1",
            "GIT_NO_REPLACE_OBJECTS=1",
            "GIT_SSH_VARIANT=ssh",
            "GIT_SSH_COMMAND=\(sshCommand)",
        ] + (settings.sshAgent.map { ["SSH_AUTH_SOCK=\($0)"] } ?? [])
    }

    /// ssh without the user's configuration and keys, which it finds by the user's entry in the password file and not by `HOME`.
    private var sshCommand: String {
        var options = [
            "BatchMode=yes", "ClearAllForwardings=yes", "ConnectTimeout=30", "ControlPath=none", "ForwardX11=no", "ForwardAgent=no",
            "GlobalKnownHostsFile=/dev/null", "ServerAliveInterval=15", "ServerAliveCountMax=4", "UpdateHostKeys=no",
        ]
        if let hosts = settings.sshKnownHosts {
            options += ["StrictHostKeyChecking=yes", "UserKnownHostsFile=\"\(hosts)\""]
        } else {
            options += ["StrictHostKeyChecking=accept-new", "UserKnownHostsFile=\"\(trustedHosts)\""]
        }
        // ssh reads each as a line of its configuration, where quotes keep a path with spaces together.
        options.append(settings.sshKey.map { "IdentityFile=\"\($0)\"" } ?? "IdentityFile=none")
        if settings.sshAgent == nil { options += ["IdentityAgent=none"] }
        // git hands the command to a shell.
        return (["ssh", "-F", "/dev/null"] + options.flatMap { ["-o", Self.quoted($0)] }).joined(separator: " ")
    }

    /// The text as one word of the shell.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
