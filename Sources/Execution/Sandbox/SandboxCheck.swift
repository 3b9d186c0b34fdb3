internal import HostSystem

/// Whether sandboxes work on this machine.
public enum SandboxCheck {
    /// Why there can be no sandbox, in one sentence that says what to install or set; nil if there can. Found out once in a process.
    public static let problem: String? = run()

    /// The version of bubblewrap; nil if it does not say.
    public static var version: String? {
        guard let program = try? Bubblewrap.program(),
            let said = try? Subprocess.run(
                [program, "--version"], environment: [], limit: 4096, deadline: Clock.boottimeMilliseconds + patience)
        else { return nil }
        return String(decoding: said.output, as: UTF8.self).split(whereSeparator: \.isWhitespace).last.map(String.init)
    }

    private static let patience: Int64 = 10_000

    /// Finds out by making a sandbox.
    static func run() -> String? {
        guard let program = try? Bubblewrap.program() else {
            return "no sandbox: bubblewrap is not installed; install the package bubblewrap, or give --isolation none for work you trust"
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
            return "no sandbox: \(error)"
        }
    }

    /// What to say of a sandbox that could not be made.
    static func problem(said: String, settings: KernelSettings) -> String {
        if settings.unprivilegedClone == 0 {
            return "no sandbox: user namespaces are switched off; run sysctl -w kernel.unprivileged_userns_clone=1, or install bubblewrap"
                + " set-user-id root"
        }
        if settings.mostUserNamespaces == 0 {
            return "no sandbox: user namespaces are switched off; run sysctl -w user.max_user_namespaces=10000"
        }
        if settings.restrictedByAppArmor == 1 {
            return "no sandbox: AppArmor restricts user namespaces; load a profile for bwrap that allows userns (on Ubuntu: install"
                + " apparmor-profiles and link bwrap-userns-restrict into /etc/apparmor.d), or run"
                + " sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        }
        let line = said.split(separator: "\n").last.map { $0.prefix(200) } ?? "it ended without a word"
        return "no sandbox: bubblewrap does not work here (\(line)); in a container allow it user namespaces and mounts, or give"
            + " --isolation none for work you trust"
    }
}

/// The settings of the kernel that decide on user namespaces; nil where the kernel has no such setting.
struct KernelSettings {
    /// kernel.unprivileged_userns_clone, of Debian's kernels.
    var unprivilegedClone: Int?
    /// user.max_user_namespaces
    var mostUserNamespaces: Int?
    /// kernel.apparmor_restrict_unprivileged_userns, of Ubuntu's kernels.
    var restrictedByAppArmor: Int?

    /// The settings of this machine.
    init() {
        unprivilegedClone = Self.number("kernel/unprivileged_userns_clone")
        mostUserNamespaces = Self.number("user/max_user_namespaces")
        restrictedByAppArmor = Self.number("kernel/apparmor_restrict_unprivileged_userns")
    }

    private static func number(_ name: String) -> Int? {
        guard let bytes = try? Files.readAll("/proc/sys/" + name, limit: 256) else { return nil }
        return Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
