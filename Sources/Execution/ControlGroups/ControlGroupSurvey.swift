/// What control groups a process started from here could use. Nothing is changed to find out.
public struct ControlGroupSurvey: Sendable, Equatable {
    /// What is mounted.
    public enum Version: String, Sendable {
        /// Nothing.
        case none
        /// Only hierarchies of version 1.
        case first = "version 1"
        /// Only the one of version 2.
        case second = "version 2"
        /// Both.
        case mixed = "versions 1 and 2"
    }

    /// What is mounted.
    public var version: Version
    /// The controllers that can be used: of `memory`, `pids` and `cpu`.
    public var usable: [String]
    /// Those that cannot.
    public var missing: [String]

    /// A survey by its results.
    public init(version: Version, usable: [String], missing: [String]) {
        self.version = version
        self.usable = usable
        self.missing = missing
    }

    /// Looks at this machine.
    public init() {
        let membership = ControlGroupFile.read("/proc/self", "cgroup") ?? ""
        let table = ControlGroupTable(membership: membership, mounts: ControlGroupFile.read("/proc/self", "mountinfo") ?? "")
        let layout = ControlGroupDiscovery(table: table, ownGroup: "", changesNothing: true).layout()
        let controllers = ControlGroupLayout.Controller.allCases
        self.init(
            version: Self.version(table), usable: controllers.filter(layout.has).map(\.rawValue),
            missing: controllers.filter { !layout.has($0) }.map(\.rawValue))
    }

    private static func version(_ table: ControlGroupTable) -> Version {
        switch (table.first.isEmpty, table.second == nil) {
        case (true, true): .none
        case (false, true): .first
        case (true, false): .second
        case (false, false): .mixed
        }
    }
}
