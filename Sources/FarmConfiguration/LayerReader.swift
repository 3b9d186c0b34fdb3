internal import Documents
internal import FarmModel

/// Reads one layer, a file or a variable, and collects what is wrong with it.
struct LayerReader {
    private(set) var values: [String: ConfiguredValue] = [:]
    private(set) var secrets: [String: ConfiguredSecret] = [:]
    /// Nil if the layer says nothing of them.
    private(set) var webhooks: [ConfiguredWebhook]?
    private let name: String
    private let isOfState: Bool
    private var reader: NodeReader

    /// - Parameters:
    ///   - name: The path of the file, or the name of the variable.
    ///   - isOfState: Whether it is the state directory's own file.
    init(_ name: String, isOfState: Bool = false) {
        self.name = name
        self.isOfState = isOfState
        reader = NodeReader(file: name, base: nil, allowsLocalPaths: true)
    }

    /// What is wrong, a line each.
    var problems: [String] { reader.errors.list.map { isVariable ? "\(name): \($0.message)" : "\(name):\($0.line): \($0.message)" } }

    /// A variable has no lines.
    private var isVariable: Bool { Setting.all.contains { $0.variable == name } }

    mutating func read(_ file: DocumentInput) {
        var documents: [DocumentNode] = []
        do throws(DocumentFault) {
            try file.read { document in
                documents.append(document)
                return documents.count < 2
            }
        } catch {
            reader.fail(at: error.position, error.message)
        }
        if documents.count > 1 { reader.fail(at: documents[1].position, "a second document stands here; a configuration is one") }
        if let document = documents.first, !document.isNull { readSection(document, below: nil) }
    }

    mutating func read(variable text: String, for setting: Setting) {
        let node: DocumentNode
        switch setting.kind {
        case .choices, .labels, .texts:
            let words = text.split { $0 == "," || $0 == " " }
            node = DocumentNode(.list(words.map { DocumentNode(.string, text: String($0), at: .start) }), at: .start)
        case .flag, .integer, .count, .cores, .duration, .size: node = DocumentNode(plain: text)
        case .path, .text, .choice: node = DocumentNode(.string, text: text, at: .start)
        }
        take(node, for: setting, named: "value", .variable(name))
    }

    private mutating func readSection(_ node: DocumentNode, below section: String?) {
        guard let members = node.members else { return reader.expected("a mapping", node, section ?? "configuration") }
        let prefix = section.map { $0 + "." } ?? ""
        for member in members {
            let key = prefix + member.key
            if let setting = Setting.all.first(where: { $0.key == key }) {
                guard !member.value.isNull else { continue }
                take(member.value, for: setting, named: key, .file(name, line: Int(member.position.line)))
            } else if key == "secrets" {
                readSecrets(member.value)
            } else if key == "webhooks" {
                webhooks = readWebhooks(member)
            } else if Setting.all.contains(where: { $0.key.hasPrefix(key + ".") }) {
                if !member.value.isNull { readSection(member.value, below: key) }
            } else {
                failUnknown(member, key, among: Self.names(below: prefix))
            }
        }
    }

    private mutating func take(_ node: DocumentNode, for setting: Setting, named key: String, _ origin: Origin) {
        guard !isOfState || setting.key != Setting.state.key else {
            return reader.fail(at: node.position, "state: cannot stand in the state directory's own file")
        }
        guard let value = reader.value(node, key, setting.kind) else { return }
        values[setting.key] = ConfiguredValue(value: value, text: value.text(writtenAs: node.text), origin: origin)
    }

    private mutating func failUnknown(_ member: DocumentMember, _ key: String, among names: [String]) {
        let elsewhere = Setting.all.first { $0.key.hasSuffix("." + member.key) }.map { ", did you mean \"\($0.key)\"?" }
        let advice = reader.advice(for: member.key, among: names) ?? elsewhere ?? "; allowed are \(names.joined(separator: ", "))"
        reader.fail(at: member.position, "unknown key \(key.quoted)\(advice)")
    }

    /// The keys that may stand in a section, each once.
    private static func names(below prefix: String) -> [String] {
        var names: [String] = prefix.isEmpty ? ["secrets", "webhooks"] : []
        for setting in Setting.all where setting.key.hasPrefix(prefix) {
            let name = String(setting.key.dropFirst(prefix.count).prefix { $0 != "." })
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private mutating func readWebhooks(_ member: DocumentMember) -> [ConfiguredWebhook] {
        guard !member.value.isNull else { return [] }
        return reader.webhooks(member.value).map { webhook, position in
            ConfiguredWebhook(webhook: webhook, origin: .file(name, line: Int(position.line)))
        }
    }

    private mutating func readSecrets(_ node: DocumentNode) {
        guard !node.isNull else { return }
        guard let members = node.members else { return reader.expected("a mapping of names", node, "secrets") }
        for member in members {
            let name = DocumentNode(.string, text: member.key, at: member.position)
            guard reader.string(name, "secrets", rule: .identifier) != nil, let source = reader.secret(member.value, member.key) else {
                continue
            }
            secrets[member.key] = ConfiguredSecret(source: source, origin: .file(self.name, line: Int(member.position.line)))
        }
    }
}

extension SettingValue {
    /// How it is shown: lists joined, anything else as it was written.
    fileprivate func text(writtenAs text: String) -> String {
        if case .list(let elements) = self { elements.joined(separator: ", ") } else { text }
    }
}
