import FarmModel

/// How bf is run as a service.
struct ServiceFacts: Sendable {
    /// Whether systemd runs here.
    var hasManager: Bool
    /// The unit bf-run.service of the system, if it is installed.
    var systemUnit: String?
    /// That of the user.
    var userUnit: String?
    /// Whether the user's services go on when nobody is logged in.
    var lingers: Bool
    /// The user's name.
    var user: String

    var check: CheckRecord {
        let name = "service"
        guard hasManager else { return CheckRecord(name, .absent, "systemd does not run here") }
        if let userUnit, !lingers {
            return CheckRecord(
                name, .warning, "\(userUnit) ends when \(user) logs out", remedy: "run loginctl enable-linger \(user)")
        }
        if let unit = userUnit ?? systemUnit { return CheckRecord(name, .ok, unit) }
        return CheckRecord(name, .absent, "bf-run.service is not installed; bf-run(1) shows it")
    }
}
