extension AttemptRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an attempt record")
        self.init(
            id: try fields.id("id"), job: try fields.id("job"), build: try fields.id("build"), number: try fields.count("number"),
            runner: try fields.id("runner"), isolation: try fields.text("isolation"), claimedMilliseconds: try fields.time("claimed"))
        state = try fields.word("state")
        failure = try fields.wordIfAny("class")
        message = try fields.textIfAny("message")
        endedMilliseconds = try fields.timeIfAny("ended")
        durationMilliseconds = try fields.integerIfAny("duration_ms")
        exitCode = try fields.numberIfAny("exit_code")
        signal = try fields.numberIfAny("signal")
        logBytes = try fields.integerIfAny("log_bytes")
        backend = try fields.textIfAny("backend")
        inputDigest = try fields.digestIfAny("input_digest")
        facts = try fields.objectIfAny("facts")
    }
}
