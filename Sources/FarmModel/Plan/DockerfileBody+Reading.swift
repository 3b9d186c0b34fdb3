extension DockerfileBody {
    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        self.init()
        place = .file(try reader.optionalString("file") ?? Self.usualFile)
        if let text = try reader.optionalString("text") { place = .text(text) }
        context = try reader.optionalString("context")
        target = try reader.optionalString("target")
        arguments = try reader.strings("arguments")
        for name in try reader.list("architectures") {
            guard let architecture = Architecture(name) else { throw reader.malformed("architectures") }
            architectures.append(architecture)
        }
        output = try reader.choice("output", usual: .oci)
        network = try reader.choice("network", usual: .internet)
    }
}

extension ImageExport {
    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        self.init(image: try reader.string("image"))
        tags = try reader.list("tags")
        pushes = try reader.optional("push") { $0.bool } ?? true
        isInsecure = try reader.flag("insecure")
        credentials = try reader.optionalString("credentials")
    }
}
