public import FarmModel

extension Store {
    /// The secrets of a build by name, opened.
    public func secrets(of build: BuildID) throws(FarmError) -> [String: [UInt8]] {
        let rows = try read { database throws(FarmError) in
            try database.all("SELECT name, sealed FROM secrets WHERE build = ?", build) {
                SealedSecret(name: $0.text(0), bytes: $0.blob(1))
            }
        }
        guard !rows.isEmpty else { return [:] }
        let box = try SecretBox(directory: directory)
        var opened: [String: [UInt8]] = [:]
        for row in rows { opened[row.name] = try box.open(row.bytes, name: row.name, build: build) }
        return opened
    }

    private struct SealedSecret: Sendable {
        var name: String
        var bytes: [UInt8]
    }
}
