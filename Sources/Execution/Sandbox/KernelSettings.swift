internal import HostSystem

/// The settings of the kernel that decide on user namespaces; nil where the kernel has no such setting.
public struct KernelSettings: Sendable {
    /// kernel.unprivileged_userns_clone, of Debian's kernels.
    public var unprivilegedClone: Int?
    /// user.max_user_namespaces
    public var mostUserNamespaces: Int?
    /// kernel.apparmor_restrict_unprivileged_userns, of Ubuntu's kernels.
    public var restrictedByAppArmor: Int?

    /// The settings of this machine.
    public init() {
        unprivilegedClone = Self.number("kernel/unprivileged_userns_clone")
        mostUserNamespaces = Self.number("user/max_user_namespaces")
        restrictedByAppArmor = Self.number("kernel/apparmor_restrict_unprivileged_userns")
    }

    /// What stands in the way of user namespaces for all but root; nil if nothing does.
    public var obstacle: String? {
        if unprivilegedClone == 0 || mostUserNamespaces == 0 { return "user namespaces are switched off" }
        return restrictedByAppArmor == 1 ? "AppArmor restricts user namespaces" : nil
    }

    /// What takes the ``obstacle`` away.
    public var remedy: String? {
        if unprivilegedClone == 0 { return "run sysctl -w kernel.unprivileged_userns_clone=1, or install bubblewrap set-user-id root" }
        if mostUserNamespaces == 0 { return "run sysctl -w user.max_user_namespaces=10000" }
        guard restrictedByAppArmor == 1 else { return nil }
        return "load a profile for bwrap that allows userns (on Ubuntu: install apparmor-profiles and link bwrap-userns-restrict into"
            + " /etc/apparmor.d), or run sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    }

    private static func number(_ name: String) -> Int? {
        guard let bytes = try? Files.readAll("/proc/sys/" + name, limit: 256) else { return nil }
        return Int(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
