internal import HostSystem

/// Parts of /proc by which a user that is root to the kernel could change the machine. bubblewrap covers others itself, but not these.
enum KernelFiles {
    private static let names = ["sys", "acpi", "fs", "scsi", "mtrr", "latency_stats"]

    /// The parts that this machine has, each laid read-only over itself.
    static func mounts() -> [SandboxMount] {
        names.map { "/proc/" + $0 }.filter { (try? Files.status($0)) != nil }.map { .readOnly($0, at: $0) }
    }
}
