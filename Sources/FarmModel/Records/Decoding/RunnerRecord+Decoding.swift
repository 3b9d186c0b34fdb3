extension RunnerRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a runner record")
        self.init(
            id: try fields.id("id"), pid: try fields.numberIfAny("pid") ?? 0, host: try fields.text("host"),
            slots: try fields.count("slots"),
            state: try fields.text("state"), paused: try fields.objectIfAny("paused"), startedMilliseconds: try fields.time("started"),
            running: try fields.count("running"))
    }
}
