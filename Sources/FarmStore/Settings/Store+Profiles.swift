public import FarmModel

extension Store {
    /// The settings of all profiles by name.
    public func profiles() throws(FarmError) -> [String: JSONObject] {
        let rows = try read { database throws(FarmError) in
            try database.all("SELECT name, settings FROM profiles") { ProfileRow(name: $0.text(0), settings: $0.object(1)) }
        }
        return Dictionary(rows.map { ($0.name, $0.settings ?? JSONObject()) }) { first, _ in first }
    }

    /// The name of the profile that counts where none is named; nil if none was chosen.
    public func selectedProfile() throws(FarmError) -> String? {
        try read { database throws(FarmError) in
            try database.first("SELECT value FROM meta WHERE name = 'profile'") { $0.textIfAny(0) } ?? nil
        }
    }

    /// Stores a profile, durably.
    /// - Parameters:
    ///   - replaces: Whether one of the same name is replaced.
    ///   - requester: Who asked.
    /// - Returns: false if there is one of the same name, and it is not to be replaced.
    public func setProfile(
        _ name: String, _ settings: JSONObject, replaces: Bool, by requester: Requester
    ) throws(FarmError) -> Bool {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            let statement = replaces ? "INSERT OR REPLACE" : "INSERT OR IGNORE"
            let changed = try transaction.database.run("\(statement) INTO profiles(name, settings) VALUES(?, ?)", name, settings)
            guard changed == 1 else { return false }
            try transaction.audit(.config, by: requester, data: ["profile": .string(name)])
            return true
        }
    }

    /// Chooses the profile that counts where none is named, durably.
    /// - Parameter requester: Who asked.
    public func selectProfile(_ name: String, by requester: Requester) throws(FarmError) {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.database.run("INSERT OR REPLACE INTO meta(name, value) VALUES('profile', ?)", name)
            try transaction.audit(.config, by: requester, data: ["profile_selected": .string(name)])
        }
    }
}

private struct ProfileRow: Sendable {
    var name: String
    var settings: JSONObject?
}
