internal import CHostSystem
internal import Glibc

/// The machine and its system.
public enum Host {
    /// What uname(2) says.
    public struct SystemName: Sendable, Equatable {
        /// The kernel, `Linux`.
        public let system: String
        /// The kernel's release, for instance `6.1.0-27-amd64`.
        public let release: String
        /// The architecture as the kernel names it, for instance `x86_64` or `aarch64`.
        public let machine: String
        /// The host name.
        public let node: String
    }

    /// Names of system, release, architecture and host.
    public static let systemName: SystemName = {
        var raw = utsname()
        _ = uname(&raw)
        return SystemName(
            system: text(of: raw.sysname), release: text(of: raw.release), machine: text(of: raw.machine), node: text(of: raw.nodename))
    }()

    /// The host name.
    public static var name: String { systemName.node }

    /// The path of the running program.
    public static func executablePath() throws(SystemError) -> String {
        String(decoding: try Files.linkTarget("/proc/self/exe"), as: UTF8.self)
    }

    /// The processors this process may run on, at least 1.
    public static var processorCount: Int { Int(bf_processor_count()) }

    /// Bytes of a memory page.
    public static let pageSize = sysconf(Int32(_SC_PAGESIZE))

    /// Bytes of main memory.
    public static let memorySize = Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(pageSize)

    private static func text<Tuple>(of characters: Tuple) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
