internal import Documents
public import FarmModel

/// A webhook that was configured.
public struct ConfiguredWebhook: Sendable, Equatable {
    /// Who is told of what.
    public var webhook: Webhook
    /// Where that was said.
    public var origin: Origin
}

extension NodeReader {
    private static let keys: KeyList = ["url", "events", "secret", "labels", "owner", "private"]
    private static let webhookLimit = 20

    /// A list of `{url: ADDRESS, events: [EVENT…], secret: NAME, labels: [LABEL…], owner: NAME, private: true}`, all but the first optional.
    mutating func webhooks(_ node: DocumentNode) -> [(webhook: Webhook, position: DocumentPosition)] {
        guard case .list(let elements) = node.value, elements.count <= Self.webhookLimit else {
            expected("a list of at most \(Self.webhookLimit) mappings with url", node, "webhooks")
            return []
        }
        var webhooks: [(Webhook, DocumentPosition)] = []
        for element in elements {
            if let webhook = webhook(element) { webhooks.append((webhook, element.position)) }
        }
        return webhooks
    }

    private mutating func webhook(_ node: DocumentNode) -> Webhook? {
        guard let fields = fields(node, "webhooks", allowed: Self.keys, expectation: "a mapping with url") else { return nil }
        guard let address = fields["url"] else {
            expected("a mapping with url", node, "webhooks")
            return nil
        }
        guard let url = string(address, "url") else { return nil }
        if let fault = Webhook.fault(ofURL: url) {
            fail(at: address.position, "url: \(fault)")
            return nil
        }
        var webhook = Webhook(url: url)
        if fields["events"] != nil { webhook.events = events(fields) }
        webhook.secret = fields["secret"].flatMap { string($0, "secret", rule: .identifier) }
        for label in elements(fields, "labels") {
            if let label = string(label, "labels", rule: .label) { webhook.labels.append(label) }
        }
        webhook.owner = fields["owner"].flatMap { string($0, "owner", rule: .line) }
        webhook.allowsPrivate = flag(fields, "private")
        return webhook
    }

    private mutating func events(_ fields: DocumentNode) -> [Webhook.Event] {
        var chosen: Set<Webhook.Event> = []
        for element in elements(fields, "events") {
            if let event: Webhook.Event = choice(element, "events") { chosen.insert(event) }
        }
        return Webhook.Event.allCases.filter(chosen.contains)
    }
}
