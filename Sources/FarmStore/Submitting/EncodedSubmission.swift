import FarmModel

/// A submission with everything worked out for which the database is not needed, so that nobody waits for that under the write lock.
struct EncodedSubmission: Sendable {
    let submission: Submission
    /// What tells whether two submissions with the same key are the same.
    let content: Digest
    /// The documents of its jobs, as text.
    let documents: [String]
    /// Seals its secrets, if it has any.
    let box: SecretBox?

    init(_ submission: Submission, directory: StateDirectory) throws(FarmError) {
        for (name, value) in submission.secrets { try SecretBox.refuseShort(value, name: name) }
        if let secret = submission.webhookSecret, secret.count < Webhook.shortestSecret {
            throw FarmError(.usage, "the secret of webhooks has fewer than \(Webhook.shortestSecret) bytes; use a longer one")
        }
        self.submission = submission
        content = submission.content
        documents = submission.jobs.map { JSONValue.object($0.spec.document).text }
        box = submission.secrets.isEmpty && submission.webhookSecret == nil ? nil : try SecretBox(directory: directory)
    }

    /// About how much memory it takes.
    var bytes: Int { documents.reduce(0) { $0 + $1.utf8.count } }
}
