extension BuildRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a build record")
        self.init(
            id: try fields.id("id"), tally: try BuildTally(fields), priority: try fields.count("priority"),
            createdMilliseconds: try fields.time("created"))
        state = try fields.word("state")
        owner = try fields.textIfAny("owner")
        dialect = try fields.textIfAny("dialect") ?? dialect
        key = try fields.textIfAny("key")
        labels = try fields.texts("labels")
        notBeforeMilliseconds = try fields.timeIfAny("not_before")
        startedMilliseconds = try fields.timeIfAny("started")
        endedMilliseconds = try fields.timeIfAny("ended")
        isCancelling = try fields.flag("cancelling")
        paused = try fields.objectIfAny("paused")
        forecast = json["eta"] == nil ? nil : try BuildForecast(json: json)
    }
}

extension BuildTally {
    fileprivate init(_ fields: JSONFields) throws(FarmError) {
        self.init()
        pending = try fields.count("pending")
        running = try fields.count("running")
        success = try fields.count("success")
        unchanged = try fields.count("unchanged")
        failed = try fields.count("failed")
        skipped = try fields.count("skipped")
        cancelled = try fields.count("cancelled")
    }
}

extension BuildForecast: JSONCoded {
    /// The members that a build's record has.
    public var json: JSONObject {
        var object = JSONObject()
        add(to: &object)
        return object
    }

    /// Reads ``json``, or the record of a build.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "a forecast")
        self.init(
            endMilliseconds: try fields.time("eta"), ninetiethMilliseconds: try fields.time("eta_p90"),
            unknown: try fields.count("eta_unknown"),
            criticalPath: try fields.texts("critical_path"))
    }
}
