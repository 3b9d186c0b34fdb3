import Documents
import FarmModel

extension NodeReader {
    /// `dockerfile`: the path of one, or a mapping.
    mutating func dockerfile(_ node: DocumentNode) -> DockerfileBody? {
        var body = DockerfileBody()
        if case .string = node.value {
            let short = DocumentNode(.mapping([DocumentMember(key: "file", position: node.position, value: node)]), at: node.position)
            if let file = relativePath(short, "file") { body.place = .file(file) }
            return body
        }
        let expectation = "the path of a Dockerfile or a mapping"
        guard let fields = fields(node, "dockerfile", allowed: ScriptKeys.dockerfile, expectation: expectation) else { return nil }
        exclude(fields, "file", "text")
        body.context = relativePath(fields, "context")
        if let text = fields["text"] {
            body.place = .text(string(text, "text", limit: DocumentLimits.scriptBytes) ?? "")
        } else if let file = relativePath(fields, "file") {
            body.place = .file(file)
        }
        body.target = fields["target"].flatMap { string($0, "target", rule: .identifier) }
        body.arguments = arguments(fields)
        body.architectures = architectures(fields)
        body.output = fields["output"].flatMap { choice($0, "output") } ?? .oci
        body.network = fields["network"].flatMap { choice($0, "network") } ?? .internet
        return body
    }

    private mutating func arguments(_ fields: DocumentNode) -> [String: String] {
        guard let node = fields["arguments"] else { return [:] }
        guard let members = node.members, members.count <= DocumentLimits.elements else {
            expected("a mapping of at most \(DocumentLimits.elements) arguments", node, "arguments")
            return [:]
        }
        var arguments: [String: String] = [:]
        for member in members {
            let key = DocumentNode(.string, text: member.key, at: member.position)
            guard let name = string(key, "arguments", rule: .variable) else { continue }
            guard name != "SOURCE_DATE_EPOCH" else {
                fail(at: member.position, "arguments: SOURCE_DATE_EPOCH is reserved; write source_date_epoch as a field of the document")
                continue
            }
            arguments[name] = scalar(member.value, name, limit: DocumentLimits.argumentBytes - name.utf8.count - 1)
        }
        return arguments
    }

    private mutating func architectures(_ fields: DocumentNode) -> [Architecture] {
        var architectures: [Architecture] = []
        for node in elements(fields, "architectures", limit: Architecture.names.count) {
            guard let architecture = architecture(node, "architectures") else { continue }
            if architecture == .noarch || architectures.contains(architecture) {
                fail(at: node.position, "architectures: \(node.text.quoted) is no machine or stands twice")
            }
            architectures.append(architecture)
        }
        return architectures
    }

    /// `exports`: images by name.
    mutating func exports(_ fields: DocumentNode) -> [ImageExport] {
        var exports: [ImageExport] = []
        for node in elements(fields, "exports", limit: Self.mostExports) {
            guard let export = export(node) else { continue }
            if exports.contains(where: { !Set($0.names).isDisjoint(with: export.names) }) {
                fail(at: node.position, "exports: \(export.image.quoted) stands twice")
            }
            exports.append(export)
        }
        return exports
    }

    private static var mostExports: Int { 50 }

    private mutating func export(_ node: DocumentNode) -> ImageExport? {
        if case .string = node.value { return string(node, "exports", rule: .exportedImage).map { ImageExport(image: $0) } }
        let expectation = "an image name or a mapping with image"
        guard let fields = fields(node, "exports", allowed: ScriptKeys.export, expectation: expectation) else { return nil }
        guard let image = fields["image"] else {
            fail(at: node.position, "exports: image is missing")
            return nil
        }
        guard let name = string(image, "image", rule: .exportedImage) else { return nil }
        var export = ImageExport(image: name)
        for node in elements(fields, "tags", limit: Self.mostExports) {
            if let tag = string(node, "tags", rule: .tag) { export.tags.append(tag) }
        }
        export.pushes = fields["push"] == nil || flag(fields, "push")
        export.isInsecure = flag(fields, "insecure")
        export.credentials = fields["credentials"].flatMap { string($0, "credentials", rule: .identifier) }
        return export
    }
}
