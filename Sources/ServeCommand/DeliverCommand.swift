internal import ArgumentParser
internal import FarmConfiguration
internal import FarmModel
internal import FarmServer
internal import FarmStore
internal import ToolKit

/// `bf-serve deliver`
struct DeliverCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-serve deliver",
        abstract: "Send the messages to webhooks that are due, and end.",
        discussion: """
            A running bf-serve does this by itself. This is for farms without one.

            Example:
              bf-serve deliver
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var quiet: QuietOptions

    var stateFolder: String? { state.path }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard let store = try state.openExisting(in: context, verb: "deliver") else { return .success }
        let courier = try WebhookCourier(store: store, configuration: context.configuration(), environment: context.environment)
        let counts = try Blocking.run { try await courier.deliverDue() }
        if !quiet.isQuiet, counts.delivered + counts.failed > 0 {
            context.note("\(CountText.of(counts.delivered, "message")) delivered, \(counts.failed) not")
        }
        return counts.failed == 0 ? .success : .temporary
    }
}

extension WebhookCourier {
    /// A courier with the webhooks and secrets of the configuration.
    init(
        store: Store, configuration: Configuration, environment: @escaping @Sendable (String) -> String?
    ) throws(FarmError) {
        try store.setWebhooks(configuration.webhooks.map(\.webhook))
        let secrets = configuration.secrets
        self.init(store: store) { name in
            secrets[name].flatMap { try? SecretFetch.value(of: name, from: $0.source, environment: environment) }
        }
    }
}
