internal import Glibc
internal import HostSystem

/// Finds out which control groups this process can make and use.
struct ControlGroupDiscovery {
    let table: ControlGroupTable
    /// The name of a group for this process itself, in version 2.
    let ownGroup: String
    /// Only find out what could be used.
    var changesNothing = false

    /// The choice for each controller: version 2 where it has the controller, else version 1.
    func layout() -> ControlGroupLayout {
        var layout = ControlGroupLayout()
        for candidate in candidates {
            let controllers = controllers(below: candidate)
            if layout.second != nil && controllers.count <= layout.secondControllers.count { continue }
            layout.second = candidate
            layout.secondControllers = controllers
        }
        for controller in ControlGroupLayout.Controller.allCases where !layout.secondControllers.contains(controller) {
            if let folder = table.first[controller.rawValue], isUsable(folder) { layout.first[controller] = folder }
        }
        if layout.second == nil, let folder = table.first["freezer"], isUsable(folder) { layout.freezer = folder }
        return layout
    }

    /// This process's group of version 2 and the groups above it, as far as they may be used.
    private var candidates: [String] {
        guard let place = table.second else { return [] }
        var result: [String] = []
        var folder = place.folder
        while folder.hasPrefix(place.mountPoint), isUsable(folder) {
            result.append(folder)
            guard folder != place.mountPoint, let slash = folder.lastIndex(of: "/") else { break }
            folder = String(folder[..<slash])
        }
        return result
    }

    /// Groups can be made in it, and processes moved out of it and into them.
    private func isUsable(_ folder: String) -> Bool {
        access(folder, W_OK) == 0 && access(folder + "/cgroup.procs", W_OK) == 0
    }

    /// The controllers that groups below have, once those that can be switched on are.
    private func controllers(below folder: String) -> Set<ControlGroupLayout.Controller> {
        let available = words(folder, "cgroup.controllers")
        let wanted = Set(ControlGroupLayout.Controller.allCases.filter { available.contains($0.rawValue) })
        let missing = wanted.filter { !words(folder, "cgroup.subtree_control").contains($0.rawValue) }
        if changesNothing, canSwitchOn(below: folder) { return wanted }
        if !missing.isEmpty, !changesNothing { switchOn(missing.map(\.rawValue), below: folder) }
        let present = words(folder, "cgroup.subtree_control")
        return wanted.filter { present.contains($0.rawValue) }
    }

    /// Only in a group of our own: what others have set up is left as it is.
    private func switchOn(_ controllers: [String], below folder: String) {
        guard folder == table.second?.folder else { return }
        let change = controllers.map { "+" + $0 }.joined(separator: " ")
        if (try? ControlGroupFile.write(change, folder, "cgroup.subtree_control")) != nil { return }
        // A group with processes cannot give controllers to groups beneath it, so the process steps down first.
        guard ControlGroupFile.processes(folder) == [getpid()] else { return }
        let own = "\(folder)/\(ownGroup)"
        do {
            try Files.makeFolders(own, mode: 0o755)
            try ControlGroupFile.write("0", own, "cgroup.procs")
            try ControlGroupFile.write(change, folder, "cgroup.subtree_control")
        } catch {
            try? ControlGroupFile.write("0", folder, "cgroup.procs")
            try? Files.removeFolder(own)
        }
    }

    /// Whether ``switchOn(_:below:)`` would be allowed to, as far as can be told without trying.
    private func canSwitchOn(below folder: String) -> Bool {
        guard folder == table.second?.folder, access(folder + "/cgroup.subtree_control", W_OK) == 0 else { return false }
        // Only the group at the root has no type, and may have processes and groups with controllers at the same time.
        return ControlGroupFile.processes(folder) == [getpid()] || !ControlGroupFile.exists(folder, "cgroup.type")
    }

    private func words(_ folder: String, _ name: String) -> [String] {
        (ControlGroupFile.read(folder, name) ?? "").split(separator: " ").map(String.init)
    }
}
