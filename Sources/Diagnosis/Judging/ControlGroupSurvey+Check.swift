import Execution
import FarmModel

extension ControlGroupSurvey {
    /// Whether limits can be kept.
    var check: CheckRecord {
        let name = "control-groups"
        guard version != .none else {
            return CheckRecord(
                name, .warning, "no control groups are mounted; jobs with limits on memory or cpu wait",
                remedy: "mount version 2: mount -t cgroup2 none /sys/fs/cgroup")
        }
        if missing.isEmpty { return CheckRecord(name, .ok, "\(version.rawValue): \(usable.joined(separator: ", "))") }
        let have = usable.isEmpty ? "nothing" : usable.joined(separator: ", ")
        return CheckRecord(
            name, .warning, "\(version.rawValue): \(have) to be used from here, not \(missing.joined(separator: ", "))",
            remedy: ControlGroups.remedy)
    }
}
