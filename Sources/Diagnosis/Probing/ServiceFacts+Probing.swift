import HostSystem

extension ServiceFacts {
    private static let unit = "bf-run.service"
    private static let systemFolders = ["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"].map { $0 + "/systemd/system" }
    private static let userFolders = ["/etc", "/run", "/usr/local/lib", "/usr/lib"].map { $0 + "/systemd/user" }

    /// Looks for the manager, the units and the mark of lingering.
    /// - Parameter configuration: the user's folder of settings, `~/.config`.
    static func probe(configuration: String?) -> ServiceFacts {
        let user = UserName.current
        return ServiceFacts(
            hasManager: exists("/run/systemd/system"), systemUnit: unit(in: systemFolders),
            userUnit: unit(in: (configuration.map { [$0 + "/systemd/user"] } ?? []) + userFolders),
            lingers: exists("/var/lib/systemd/linger/\(user)"), user: user)
    }

    private static func unit(in folders: [String]) -> String? { folders.map { "\($0)/\(unit)" }.first(where: exists) }

    private static func exists(_ path: String) -> Bool { ((try? Files.statusIfPresent(path)) ?? nil) != nil }
}
