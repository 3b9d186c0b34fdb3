extension ArtifactRecord: JSONCoded {
    /// Reads ``json``.
    public init(json: JSONObject) throws(FarmError) {
        let fields = JSONFields(json, of: "an artifact record")
        self.init(
            job: try fields.id("job"), kind: try fields.text("type"), name: try fields.text("name"),
            version: try fields.textIfAny("version"), architecture: try fields.required("arch") { $0.string.flatMap { Architecture($0) } },
            path: try fields.textIfAny("path"), bytes: try fields.integer("bytes"),
            digest: try fields.required("digest") { $0.string.flatMap { Digest($0) } })
    }
}
