public import FarmModel
internal import Glibc
public import HostSystem

/// The control groups that a runner makes for its slots.
public struct ControlGroups: Sendable {
    private static let prefix = "bf-"

    let layout: ControlGroupLayout
    private let runner: String
    /// What the names of all groups begin with that may be swept here.
    private let scope: String

    /// Finds out what can be used here. On machines where version 2 is delegated to this process, it first moves itself into a group of
    /// its own beneath, as version 2 asks for, so this is to be called once, before anything is started.
    /// - Parameters:
    ///   - farm: tells the runners of one state directory from those of others; letters and digits.
    ///   - runner: tells the groups of one runner from those of others.
    public init(farm: String, runner: RunnerID) {
        self.init(name: "\(farm)-\(runner)", scope: "\(Self.prefix)\(farm)-")
    }

    /// As ``init(farm:runner:)`` for who is no runner but builds something again.
    public init(farm: String, rebuild: AttemptID) {
        self.init(name: "\(farm)-\(rebuild)", scope: "\(Self.prefix)\(farm)-")
    }

    /// The groups of a runner by any name without a slash.
    init(name: String, scope: String = prefix) {
        runner = name
        self.scope = scope
        let membership = ControlGroupFile.read("/proc/self", "cgroup") ?? ""
        let table = ControlGroupTable(membership: membership, mounts: ControlGroupFile.read("/proc/self", "mountinfo") ?? "")
        layout = ControlGroupDiscovery(table: table, ownGroup: "\(Self.prefix)\(name)-runner").layout()
    }

    /// One line on what can be limited, for people.
    public var summary: String {
        let usable = ControlGroupLayout.Controller.allCases.filter { $0.limits && layout.has($0) }.map(\.rawValue)
        return usable.isEmpty ? "no limits by control groups" : "limits by control groups: " + usable.joined(separator: ", ")
    }

    /// What gives a runner the controllers.
    public static let remedy = "start bf-run as a systemd service with Delegate=yes, or by systemd-run --user --scope -p Delegate=yes"

    /// Makes the group of a slot, to be used for one attempt at a time; nil where there are no control groups.
    public func makeSlot(_ number: Int) throws(SystemError) -> ControlGroupSlot? {
        layout.parents.isEmpty ? nil : try ControlGroupSlot(layout: layout, name: "\(Self.prefix)\(runner)-\(number)")
    }

    /// Ends and removes what dead runners of this farm left behind.
    /// - Parameter isAlive: whether the runner of that id lives. Asked after its group was found, so that one just starting is known.
    public func sweep(isAlive: (String) -> Bool) {
        for parent in layout.parents {
            for entry in (try? Files.entries(of: parent)) ?? [] where entry.type == .folder {
                guard let name = entry.name, name.hasPrefix(scope), !name.hasPrefix("\(Self.prefix)\(runner)-"),
                    let dash = name.lastIndex(of: "-"),
                    case let owner = name[..<dash].dropFirst(scope.utf8.count), !owner.isEmpty, !isAlive(String(owner))
                else { continue }
                ControlGroupKill(folders: ["\(parent)/\(name)"]).runAndRemove()
            }
        }
    }

    /// Kills all processes of groups that an earlier runner recorded, and waits for their end.
    /// - Parameter runner: a process that is spared, as it is a runner and not of the attempt; it will use the groups again.
    /// - Returns: false when some cannot be killed.
    @discardableResult
    public static func endAll(in folders: [String], sparing runner: Int32? = nil) -> Bool {
        var kill = ControlGroupKill(folders: folders)
        if let runner {
            kill.spared.insert(runner)
            kill.keepsGroups = true
        }
        return kill.run()
    }
}
