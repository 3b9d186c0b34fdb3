import FarmModel

/// Lists of webhooks as the database has them.
enum WebhookList {
    static func text(_ webhooks: [Webhook]) -> String { JSONValue.array(webhooks.map { .object($0.json) }).text }

    static func read(_ text: String?) -> [Webhook] {
        guard let text, let values = (try? JSONParser.parse(text))?.array else { return [] }
        return values.compactMap { Webhook(stored: $0) }
    }

    static func ofAll(_ database: Connection) throws(FarmError) -> [Webhook] {
        try database.first("SELECT value FROM meta WHERE name = 'webhooks'") { read($0.textIfAny(0)) } ?? []
    }
}
