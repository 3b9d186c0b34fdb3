import FarmModel

/// Pins that keep what was uploaded until a build uses it.
extension Transaction {
    func addUploadPin(of digest: Digest, owner: String, for milliseconds: Int64) throws(FarmError) {
        try removeUploadPin(of: digest, owner: owner)
        try database.run(
            "INSERT INTO pins(digest, holder, reason, created_ms, expires_ms) VALUES(?, ?, 'uploaded', ?, ?)", digest,
            Self.holder(owner), now.wallMilliseconds, now.wallMilliseconds + milliseconds)
    }

    func removeUploadPin(of digest: Digest, owner: String) throws(FarmError) {
        try database.run("DELETE FROM pins WHERE digest = ? AND holder = ? AND reason = 'uploaded'", digest, Self.holder(owner))
    }

    private static func holder(_ owner: String) -> String { owner.isEmpty ? "bf-serve" : owner }
}
