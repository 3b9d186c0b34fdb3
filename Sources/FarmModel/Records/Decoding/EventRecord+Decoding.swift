extension EventRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an event record")
        self.init(
            cursor: try fields.required("cursor") { $0.string.flatMap { EventCursor($0) } }, event: try fields.text("event"),
            timeMilliseconds: try fields.time("time"))
        build = try fields.idIfAny("build")
        job = try fields.idIfAny("job")
        attempt = try fields.idIfAny("attempt")
        data = try fields.objectIfAny("data")
    }
}
