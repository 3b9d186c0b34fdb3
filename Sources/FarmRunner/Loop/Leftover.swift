import FarmStore

/// One line on the jobs that a runner leaves because they wait for something that it cannot bring about.
struct Leftover {
    let text: String?

    init(_ outlook: Outlook, isPaused: Bool) {
        var parts: [String] = []
        if isPaused { parts.append("everything is paused (bf-run resume all)") }
        if outlook.paused > 0 { parts.append("\(outlook.paused) of paused builds (bf-run resume BUILD)") }
        if outlook.notAdmitted > 0, !isPaused {
            parts.append(
                "\(outlook.notAdmitted) that need another architecture, label or backend (start a runner with --arch or --label, or see bf-run backend add)"
            )
        }
        if let start = outlook.nextStartMilliseconds {
            parts.append("some not before a later time, the first in \((start + 999) / 1000) s")
        }
        text = parts.isEmpty ? nil : "jobs are left: " + parts.joined(separator: "; ")
    }
}
