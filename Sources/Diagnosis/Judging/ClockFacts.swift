import FarmModel

/// The clocks.
struct ClockFacts: Sendable {
    /// The wall clock, in milliseconds since 1970.
    var now: Int64
    /// Whether something keeps it right; nil where the kernel does not tell.
    var isSynchronised: Bool?
    /// When the newest event of the farm was, by the wall clock of that moment.
    var newestEvent: Int64?
    /// The kernel's identifier of this boot.
    var bootIdentifier: String

    private static let mostAhead: Int64 = 30 * 86_400_000

    var checks: [CheckRecord] { [wall, boot] }

    private var wall: CheckRecord {
        let name = "clock"
        if let newestEvent, newestEvent > now {
            return CheckRecord(
                name, .problem,
                "\(Timestamp.format(milliseconds: now)) is before the newest event, \(Timestamp.format(milliseconds: newestEvent));"
                    + " bf-gc removes nothing by age",
                remedy: "set the clock")
        }
        if let newestEvent, now - newestEvent > Self.mostAhead {
            return CheckRecord(
                name, .warning, "nothing has happened for \((now - newestEvent) / 86_400_000) days, so bf-gc removes nothing by age",
                remedy: "check the clock; the next build sets this right")
        }
        guard isSynchronised != false else {
            return CheckRecord(
                name, .warning, "nothing keeps the clock right",
                remedy: "enable time synchronisation, for instance systemd-timesyncd or chrony")
        }
        return CheckRecord(name, .ok, isSynchronised == nil ? "whether it is kept right cannot be told here" : "synchronised")
    }

    private var boot: CheckRecord {
        guard bootIdentifier.isEmpty else { return CheckRecord("boot-clock", .ok, "boot \(bootIdentifier)") }
        return CheckRecord(
            "boot-clock", .problem, "the boot has no identifier, so a process of an earlier boot cannot be told from one of this",
            remedy: "mount /proc")
    }
}
