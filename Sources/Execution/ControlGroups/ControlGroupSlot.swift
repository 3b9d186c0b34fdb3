internal import FarmModel
internal import HostSystem
internal import Synchronization

/// The control groups of one slot: one folder for each hierarchy, used again for one attempt after the other.
public final class ControlGroupSlot: Sendable {
    /// CPU time in microseconds.
    struct ProcessorTime { var user: Int64, system: Int64 }

    private let layout: ControlGroupLayout
    private let name: String
    private let applied = Mutex<Applied>(Applied())
    private let entrance = Mutex<ControlGroupEntrance?>(nil)
    private let counters: ControlGroupCounters

    private struct Applied { var memory: Int64?, processes: Int64?, cpus: Double? }

    /// The folders of the groups, one for each hierarchy.
    public let folders: [String]

    init(layout: ControlGroupLayout, name: String) throws(SystemError) {
        self.layout = layout
        self.name = name
        folders = layout.parents.map { "\($0)/\(name)" }
        for folder in folders { try Files.makeFolders(folder, mode: 0o755) }
        counters = ControlGroupCounters(
            second: layout.second.map { "\($0)/\(name)" }, controllers: layout.secondControllers,
            firstMemory: layout.first[.memory].map { "\($0)/\(name)" })
        applied.withLock { $0 = Applied(memory: -1, processes: -1, cpus: -1) }
    }

    /// Starts a process in the groups.
    func spawn(_ request: SpawnRequest) throws(SystemError) -> ChildProcess {
        let entrance = entrance.withLock { entrance in
            let made = entrance ?? ControlGroupEntrance(layout, name: name)
            entrance = made
            return made
        }
        counters.begin()
        return try entrance.spawn(request)
    }

    /// Sets the limits of the next attempt; nothing is written where they are as before.
    /// - Parameter overhead: processes of bf's own that count too.
    func apply(_ limits: Limits, overhead: Int64) throws(SystemError) {
        let processes = limits.processes.map { $0 + overhead }
        try applied.withLock { (applied) throws(SystemError) in
            if applied.memory != limits.memoryBytes { try setMemory(limits.memoryBytes) }
            applied.memory = limits.memoryBytes
            if applied.processes != processes { try setProcesses(processes) }
            applied.processes = processes
            if applied.cpus != limits.cpus { try setProcessors(limits.cpus) }
            applied.cpus = limits.cpus
        }
    }

    private func second(_ controller: ControlGroupLayout.Controller) -> String? {
        layout.secondControllers.contains(controller) ? layout.second.map { "\($0)/\(name)" } : nil
    }

    private func first(_ controller: ControlGroupLayout.Controller) -> String? { layout.first[controller].map { "\($0)/\(name)" } }

    /// Swap would turn a limit into a slow limit, so it is not given on top.
    private func setMemory(_ bytes: Int64?) throws(SystemError) {
        if let folder = second(.memory) {
            try ControlGroupFile.write(bytes.map { "\($0)" } ?? "max", folder, "memory.max")
            try? ControlGroupFile.write(bytes == nil ? "max" : "0", folder, "memory.swap.max")
            try? ControlGroupFile.write("1", folder, "memory.oom.group")
        } else if let folder = first(.memory) {
            // The limit with swap may never be below that without.
            try? ControlGroupFile.write("-1", folder, "memory.memsw.limit_in_bytes")
            try ControlGroupFile.write("\(bytes ?? -1)", folder, "memory.limit_in_bytes")
            if let bytes { try? ControlGroupFile.write("\(bytes)", folder, "memory.memsw.limit_in_bytes") }
        }
    }

    private func setProcesses(_ count: Int64?) throws(SystemError) {
        if let folder = second(.pids) {
            try ControlGroupFile.write(count.map { "\($0)" } ?? "max", folder, "pids.max")
        } else if let folder = first(.pids) {
            // The thread that starts processes here counts too.
            try ControlGroupFile.write(count.map { "\($0 + 1)" } ?? "max", folder, "pids.max")
        }
    }

    private func setProcessors(_ count: Double?) throws(SystemError) {
        let period: Int64 = 100_000
        let quota = count.map { max(1_000, Int64($0 * Double(period))) }
        if let folder = second(.cpu) {
            try ControlGroupFile.write("\(quota.map { "\($0)" } ?? "max") \(period)", folder, "cpu.max")
        } else if let folder = first(.cpu) {
            try ControlGroupFile.write("\(quota ?? -1)", folder, "cpu.cfs_quota_us")
        }
    }

    /// Whether the number of processes can be limited.
    var limitsProcesses: Bool { layout.has(.pids) }
    /// Whether the memory of all processes together is limited.
    var limitsMemory: Bool { layout.has(.memory) }

    /// CPU time of all processes that were in the group so far; nil where it is not counted.
    func processorTime() -> ProcessorTime? { counters.processorTime() }

    /// What all processes that were in the group so far read from disks and wrote to them; nil where it is not counted.
    func transfer() -> DiskTransfer? { counters.transfer() }

    /// How many processes the kernel killed so far because the group had no memory left; nil where it is not counted.
    func outOfMemoryKills() -> Int64? { counters.outOfMemoryKills() }

    /// Begins to count the most memory in use; nil where that is impossible.
    func beginMemoryCount() -> MemoryCount? { counters.beginMemoryCount() }

    /// The processes in the groups now.
    func processes() -> Set<Int32> { ControlGroupKill(folders: folders).processes }

    /// Kills all processes in the groups and waits for their end.
    /// - Parameter mayLeave: whether a process could have left some of the groups, as it can where it sees their files.
    /// - Returns: false when some cannot be killed.
    func endAll(mayLeave: Bool = true) -> Bool {
        let isEmpty = isSurelyEmpty(mayLeave) || kill()
        if isEmpty { counters.settle() }
        return isEmpty
    }

    /// Every process is created in the groups of all hierarchies, and its children are where it is. So one hierarchy tells of all, and that
    /// of version 2 does in one small file, unless a process was moved. In a sandbox none can be. Without one the job can move its
    /// processes, or have a service manager do it, and may do so in version 2 alone; those that are meant to get away get away everywhere.
    /// So one hierarchy of version 1 is looked at too, and a list of its processes is never kept open: the kernel would show an old one.
    private func isSurelyEmpty(_ mayLeave: Bool) -> Bool {
        guard counters.isPopulated == false else { return false }
        guard mayLeave, let first = layout.firstParents.first else { return true }
        return ControlGroupFile.processes("\(first)/\(name)").allSatisfy { $0 == ProcessIdentity.current.identifier }
    }

    private func kill() -> Bool {
        let kill = ControlGroupKill(folders: folders, keepsGroups: true)
        guard kill.isNeeded else { return true }
        if kill.changesLimits { applied.withLock { $0.processes = -1 } }
        return kill.run()
    }

    /// Ends what is in the groups and removes them.
    public func remove() {
        entrance.withLock { $0 = nil }
        ControlGroupKill(folders: folders).runAndRemove()
    }
}
