internal import HostSystem

/// Whether sandboxes work on this machine.
public enum SandboxCheck {
    /// Why there can be no sandbox; nil if there can. Found out once in a process.
    public static let problem: MissingAbility? = run()

    private static let patience: Int64 = 10_000

    /// Finds out by making a sandbox.
    static func run() -> MissingAbility? {
        guard let program = try? Bubblewrap.program() else {
            return MissingAbility(
                "no sandbox: bubblewrap is not installed",
                remedy: "install the package bubblewrap, or give --isolation none for work you trust", isMissing: true)
        }
        do {
            let root = try HostRoot().mounts
            let probe = SandboxArguments(mounts: root, kernelFiles: KernelFiles.mounts(), variables: [], workingDirectory: "/")
            let options = try probe.options()
            let result = try Subprocess.run(
                [program] + options + ["--", "/bin/true"], environment: [], limit: 64 * 1024,
                deadline: Clock.boottimeMilliseconds + patience)
            if result.isSuccess { return nil }
            return problem(said: String(decoding: result.error, as: UTF8.self), settings: KernelSettings())
        } catch {
            return MissingAbility("no sandbox: \(error)", remedy: "give --isolation none for work you trust")
        }
    }

    /// What to say of a sandbox that could not be made.
    static func problem(said: String, settings: KernelSettings) -> MissingAbility {
        if let remedy = settings.remedy {
            return MissingAbility("no sandbox: \(settings.obstacle ?? "user namespaces are restricted")", remedy: remedy)
        }
        let line = said.split(separator: "\n").last.map { $0.prefix(200) } ?? "it ended without a word"
        return MissingAbility(
            "no sandbox: bubblewrap does not work here (\(line))",
            remedy: "in a container allow it user namespaces and mounts, or give --isolation none for work you trust")
    }

    /// Why sandboxes can have no network of their own; nil if they can.
    public static var networkProblem: MissingAbility? { SandboxNetwork.problem() }

    /// The version of bubblewrap, for instance `0.8.0`; nil where it is not installed.
    public static var version: String? {
        guard let program = try? Bubblewrap.program(),
            let result = try? Subprocess.run(
                [program, "--version"], environment: [], limit: 4096, deadline: Clock.boottimeMilliseconds + patience)
        else { return nil }
        return String(decoding: result.output, as: UTF8.self).split(whereSeparator: \.isWhitespace).last.map(String.init)
    }

    /// Whether a user namespace can really be made; nil without bubblewrap, which makes it.
    public static func canMakeUserNamespace() -> Bool? {
        guard let program = try? Bubblewrap.program() else { return nil }
        let probe = [program, "--unshare-user", "--ro-bind", "/", "/", "--", "/bin/true"]
        return try? Subprocess.run(probe, environment: [], limit: 64 * 1024, deadline: Clock.boottimeMilliseconds + patience).isSuccess
    }
}
