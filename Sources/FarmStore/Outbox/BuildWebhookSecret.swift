public import FarmModel

/// The secret that one build brought for its messages. It stands sealed where else the name of a configured secret does; names have no colon.
enum BuildWebhookSecret {
    private static let prefix = "sealed:"
    /// No secret of a job has this name.
    private static let name = "webhook:"

    static func seal(_ value: [UInt8], in box: SecretBox, build: BuildID) throws(FarmError) -> String {
        prefix + Hexadecimal.text(of: try box.seal(value, name: name, build: build))
    }

    /// - Returns: nil for the name of a configured secret.
    static func open(_ text: String, of build: BuildID, in directory: StateDirectory) throws(FarmError) -> [UInt8]? {
        guard text.hasPrefix(prefix) else { return nil }
        let sealed = Hexadecimal.bytes(of: text.dropFirst(prefix.count)) ?? []
        return try SecretBox(directory: directory).open(sealed, name: name, build: build)
    }
}

extension EncodedSubmission {
    /// Who is told of what ends in the build, with the secret that it brought.
    func webhooks(of build: BuildID) throws(FarmError) -> [Webhook] {
        guard let secret = submission.webhookSecret, let box else { return submission.webhooks }
        let sealed = try BuildWebhookSecret.seal(secret, in: box, build: build)
        return submission.webhooks.map { webhook in
            var webhook = webhook
            webhook.secret = webhook.secret ?? sealed
            return webhook
        }
    }
}

extension Store {
    /// The secret that a message's build brought for it; nil if a configured one, or none, signs it.
    public func webhookSecret(of message: OutboxMessage) throws(FarmError) -> [UInt8]? {
        try message.secret.flatMap { text throws(FarmError) in try BuildWebhookSecret.open(text, of: message.build, in: directory) }
    }
}
