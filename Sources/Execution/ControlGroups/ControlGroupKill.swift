internal import Glibc
internal import HostSystem

/// Kills all processes of some control groups: by `cgroup.kill` where the kernel has it, else frozen, else one by one without new ones.
///
/// A group that is used again is frozen instead: since Linux 6.14, and in older ones that took over the change, a process that is created in a
/// group which was ever killed by `cgroup.kill` is killed at its start (`kill_seq` is compared with that of the parent's group).
struct ControlGroupKill {
    /// How long the kernel may take until killed processes are gone, in milliseconds.
    private static let patience: Int64 = 10_000

    let folders: [String]
    /// Runners, this process first of all, may have a thread in the groups that starts what belongs there.
    var spared: Set<Int32> = [getpid()]
    /// Whether processes will be created in the groups again.
    var keepsGroups = false

    /// What lives in the groups and is to die.
    var processes: Set<Int32> { Set(folders.flatMap(ControlGroupFile.processes)).subtracting(spared) }

    /// Whether anything lives in the groups.
    var isNeeded: Bool { folders.contains(where: isPopulated) }

    /// Whether the limit on processes is changed to keep new ones from starting.
    var changesLimits: Bool { killable == nil && freezable == nil && freezer == nil }

    private var killable: String? { keepsGroups ? nil : folders.first { ControlGroupFile.exists($0, "cgroup.kill") } }
    private var freezable: String? { folders.first { ControlGroupFile.exists($0, "cgroup.freeze") } }
    private var freezer: String? { folders.first { ControlGroupFile.exists($0, "freezer.state") } }

    /// Kills, and waits for the end.
    /// - Returns: false when some processes still live.
    @discardableResult
    func run() -> Bool {
        let deadline = Clock.boottimeMilliseconds + Self.patience
        defer { if killable == nil, let freezable { try? ControlGroupFile.write("0", freezable, "cgroup.freeze") } }
        while isNeeded {
            killOnce()
            if Clock.boottimeMilliseconds >= deadline { return false }
            usleep(500)
        }
        return true
    }

    /// Kills, waits for the end and removes the groups.
    func runAndRemove() {
        guard run() else { return }
        let deadline = Clock.boottimeMilliseconds + 1_000
        // The kernel refuses for a moment after the last process has ended.
        for folder in folders {
            while (try? Files.removeFolder(folder)) == nil, ControlGroupFile.exists(folder, "cgroup.procs") {
                if Clock.boottimeMilliseconds >= deadline { return }
                usleep(1_000)
            }
        }
    }

    private func killOnce() {
        if let killable {
            try? ControlGroupFile.write("1", killable, "cgroup.kill")
        } else if let freezable {
            // The frozen cannot start others, but they can be killed.
            try? ControlGroupFile.write("1", freezable, "cgroup.freeze")
        } else if let freezer {
            try? ControlGroupFile.write("FROZEN", freezer, "freezer.state")
        } else {
            for folder in folders { try? ControlGroupFile.write("0", folder, "pids.max") }
        }
        killEach()
        if let freezer { try? ControlGroupFile.write("THAWED", freezer, "freezer.state") }
    }

    private func killEach() {
        for process in processes { _ = try? ProcessIdentity(of: process)?.kill(.kill) }
    }

    /// Version 2 says it in one small file.
    private func isPopulated(_ folder: String) -> Bool {
        if let number = ControlGroupFile.number(folder, "cgroup.events", key: "populated") { return number != 0 }
        return !spared.isSuperset(of: ControlGroupFile.processes(folder))
    }
}
