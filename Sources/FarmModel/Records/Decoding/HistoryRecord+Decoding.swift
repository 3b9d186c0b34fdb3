extension HistoryRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a history record")
        self.init(
            id: try fields.id("id"), job: try fields.id("job"), build: try fields.id("build"), identity: try fields.identity(),
            state: try fields.word("state"), runner: try fields.id("runner"), isolation: try fields.text("isolation"),
            endedMilliseconds: try fields.time("ended"))
        failure = try fields.wordIfAny("class")
        host = try fields.textIfAny("host")
        durationMilliseconds = try fields.integerIfAny("duration_ms")
        output = try fields.digestIfAny("output")
        isCollected = try fields.flag("collected")
    }
}
