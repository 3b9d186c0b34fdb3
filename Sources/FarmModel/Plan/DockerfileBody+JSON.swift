extension DockerfileBody {
    /// The body in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object = JSONObject()
        object.add("context", context)
        switch place {
        case .file(let path): object.add("file", path == Self.usualFile ? nil : path)
        case .text(let text): object.add("text", text)
        }
        object.add("target", target)
        object.add("arguments", arguments.json)
        object.add("architectures", architectures.map(\.name).json)
        object.add("output", output == .oci ? nil : output.rawValue)
        object.add("network", network == .internet ? nil : network.rawValue)
        return object
    }
}

extension ImageExport {
    /// The export in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject = ["image": .string(image)]
        object.add("tags", tags.json)
        object.add("push", pushes ? nil : JSONValue.bool(false))
        object.addIfTrue("insecure", isInsecure)
        object.add("credentials", credentials)
        return object
    }
}

extension [String] {
    /// nil if there are none.
    var json: JSONValue? { isEmpty ? nil : .array(map(JSONValue.string)) }
}

extension [String: String] {
    /// Sorted by key, so that equal values have equal text; nil if there are none.
    var json: JSONValue? { isEmpty ? nil : .object(JSONObject(texts: self)) }
}

extension JSONObject {
    /// Texts by key, sorted by key.
    init(texts: [String: String]) {
        let sorted = texts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        self.init(uniqueMembers: sorted.map { Member(key: $0.key, value: .string($0.value)) })
    }
}
