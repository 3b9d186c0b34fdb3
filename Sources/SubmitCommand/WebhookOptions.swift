internal import ArgumentParser
public import FarmModel
internal import FarmStore
internal import FarmSubmission
internal import HostSystem
public import ToolKit

/// Who is told of what ends in the build.
struct WebhookOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Tell this address when the build has ended; may be repeated.", valueName: "url"))
    var webhook: [String] = []

    @Option(help: ArgumentHelp("build.ended or job.ended: what is told; may be repeated.", valueName: "event"))
    var webhookEvent: [Webhook.Event] = []

    @Option(help: ArgumentHelp("The file with the secret that signs the messages.", valueName: "file"), completion: .file())
    var webhookSecretFile: String?

    private static let secretLimit = 4 << 10

    func validate() throws {
        guard webhook.isEmpty else { return }
        if !webhookEvent.isEmpty { throw ValidationError("--webhook-event needs --webhook.") }
        if webhookSecretFile != nil { throw ValidationError("--webhook-secret-file needs --webhook.") }
    }

    /// - Throws: `usage` for a wrong address, or the error of the file.
    func apply(to options: inout SubmitOptions) throws(FarmError) {
        for url in webhook {
            if let fault = Webhook.fault(ofURL: url) { throw FarmError(.usage, "--webhook \(url): \(fault)") }
            var webhook = Webhook(url: url)
            if !webhookEvent.isEmpty { webhook.events = Webhook.Event.allCases.filter(webhookEvent.contains) }
            options.webhooks.append(webhook)
        }
        options.webhookSecret = try webhookSecretFile.map { path throws(FarmError) in try Self.secret(in: path) }
    }

    private static func secret(in path: String) throws(FarmError) -> [UInt8] {
        var value = try FarmError.wrap { () throws(SystemError) in try Files.readAll(path, limit: secretLimit) }
        // As with --secret-file.
        if value.last == UInt8(ascii: "\n") { value.removeLast() }
        return value
    }
}

extension Webhook.Event: WordArgument {}
