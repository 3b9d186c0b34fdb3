internal import FarmModel

/// The options of bubblewrap for one phase, as values.
struct SandboxArguments: Equatable {
    /// bubblewrap refuses more; a few are left for the options that name descriptors.
    static let mostOptions = 8_900

    /// What the file tree is made of.
    var mounts: [SandboxMount]
    /// What is laid over parts of /proc.
    var kernelFiles: [SandboxMount] = []
    /// Names and values.
    var variables: [(name: String, value: String)]
    /// Where the command starts.
    var workingDirectory: String
    /// The machine's own network instead of a network namespace.
    var sharesNetwork = false
    /// False for a shell, whose session has a terminal of its own already.
    var startsSession = true
    /// The number of the phases' user; 0 may write into the root.
    var user = Plan.usualUser
    /// The host name.
    var hostName = Variation.usualHostName

    /// The options, each its own string, as bubblewrap reads them from a descriptor: secrets and long lists do not stand on a command line
    /// that everybody can read, and variables have no influence on bubblewrap itself.
    func options() throws(ExecutionFailure) -> [String] {
        var options = ["--unshare-all"] + (sharesNetwork ? ["--share-net"] : [])
        options += ["--uid", "\(user)", "--gid", "\(user)", "--hostname", hostName, "--die-with-parent"]
        options += (startsSession ? ["--new-session"] : []) + ["--cap-drop", "ALL"]
        options += mounts.flatMap(\.options)
        options += ["--proc", "/proc"] + kernelFiles.flatMap(\.options)
        options += ["--dev", "/dev"] + (user == 0 ? [] : ["--remount-ro", "/"]) + ["--clearenv"]
        for (name, value) in variables { options += ["--setenv", name, value] }
        options += ["--chdir", workingDirectory]
        guard options.count <= Self.mostOptions else {
            throw ExecutionFailure(.badInput, "too many dependencies, caches and variables together for one sandbox (at most about 2900)")
        }
        // A zero byte would end an option, and what follows would be read as the next.
        if let option = options.first(where: { $0.utf8.contains(0) }) {
            throw ExecutionFailure(.badInput, "a zero byte in \(option.prefix { $0 != "\0" }): names, paths and values must not have any")
        }
        return options
    }

    static func == (left: SandboxArguments, right: SandboxArguments) -> Bool {
        (try? left.options()) == (try? right.options())
    }
}
