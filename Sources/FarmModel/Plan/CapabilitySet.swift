/// Capabilities of Linux, of which a process that is not root may have some (capabilities(7)).
public struct CapabilitySet: Sendable, Equatable {
    /// Bit N stands for the capability of that number
    /// (https://github.com/torvalds/linux/blob/master/include/uapi/linux/capability.h).
    public private(set) var bits: UInt64 = 0

    /// The names of all of them, each at the place of its number.
    public static let allNames = [
        "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_fsetid", "cap_kill", "cap_setgid", "cap_setuid",
        "cap_setpcap", "cap_linux_immutable", "cap_net_bind_service", "cap_net_broadcast", "cap_net_admin", "cap_net_raw", "cap_ipc_lock",
        "cap_ipc_owner", "cap_sys_module", "cap_sys_rawio", "cap_sys_chroot", "cap_sys_ptrace", "cap_sys_pacct", "cap_sys_admin",
        "cap_sys_boot", "cap_sys_nice", "cap_sys_resource", "cap_sys_time", "cap_sys_tty_config", "cap_mknod", "cap_lease",
        "cap_audit_write", "cap_audit_control", "cap_setfcap", "cap_mac_override", "cap_mac_admin", "cap_syslog", "cap_wake_alarm",
        "cap_block_suspend", "cap_audit_read", "cap_perfmon", "cap_bpf", "cap_checkpoint_restore",
    ]

    /// None.
    public init() {}

    /// The capabilities of some names; nil if one is unknown.
    public init?(names: [String]) {
        for name in names {
            guard let number = Self.allNames.firstIndex(of: name) else { return nil }
            bits |= 1 << UInt64(number)
        }
    }

    /// The names of those in the set, by their numbers.
    public var names: [String] { Self.allNames.indices.filter { bits & (1 << UInt64($0)) != 0 }.map { Self.allNames[$0] } }

    /// Whether there are none.
    public var isEmpty: Bool { bits == 0 }

    /// Adds those of another set.
    public mutating func formUnion(_ other: CapabilitySet) { bits |= other.bits }
}
