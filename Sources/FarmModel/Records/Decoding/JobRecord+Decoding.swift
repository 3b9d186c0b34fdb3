extension JobRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a job record")
        self.init(id: try fields.id("id"), build: try fields.id("build"), identity: try fields.identity())
        version = try fields.textIfAny("version")
        state = try fields.word("state")
        failure = try fields.wordIfAny("class")
        message = try fields.textIfAny("message")
        attempts = try fields.count("attempts")
        isUnchanged = try fields.flag("unchanged")
        sameAs = try fields.idIfAny("same_as")
        rememberedUntilMilliseconds = try fields.timeIfAny("remembered_until")
        isCancelling = try fields.flag("cancelling")
        root = try fields.idIfAny("root")
        via = try fields.idIfAny("via")
        tree = try fields.digestIfAny("tree")
        planDigest = try fields.digestIfAny("plan_digest")
        inputDigest = try fields.digestIfAny("input_digest")
        startedMilliseconds = try fields.timeIfAny("started")
        endedMilliseconds = try fields.timeIfAny("ended")
        dueMilliseconds = try fields.timeIfAny("due")
        verified = try fields.wordIfAny("verified")
    }
}
