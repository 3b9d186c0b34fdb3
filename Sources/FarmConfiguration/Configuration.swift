public import Documents
public import FarmModel

/// What operators configured: the layers merged, each value with its origin.
public struct Configuration: Sendable {
    /// What was configured, by key; a setting that is absent has its default.
    public private(set) var values: [String: ConfiguredValue] = [:]
    /// Where secrets come from, by name.
    public private(set) var secrets: [String: ConfiguredSecret] = [:]

    /// Who is told of what ends in all builds.
    public private(set) var webhooks: [ConfiguredWebhook] = []

    /// Nothing configured.
    public init() {}

    /// Merges files, the later above the earlier, and above them the environment.
    ///
    /// - Parameters:
    ///   - files: Files of settings.
    ///   - stateFile: The state directory's own file, above the others; it cannot name a state directory.
    ///   - environment: Looks up a variable; an empty one counts as not set.
    /// - Throws: `configuration` with all that is wrong, a line each: `file:line: message`, or `VARIABLE: message`.
    public init(files: [DocumentInput], stateFile: DocumentInput? = nil, environment: (String) -> String?) throws(FarmError) {
        var problems: [String] = []
        for file in files + [stateFile].compactMap(\.self) {
            var reader = LayerReader(file.name, isOfState: file.name == stateFile?.name)
            reader.read(file)
            values.merge(reader.values) { $1 }
            secrets.merge(reader.secrets) { $1 }
            webhooks = reader.webhooks ?? webhooks
            problems += reader.problems
        }
        problems += webhooks.compactMap { fault(of: $0) }
        // What BF_STATE may say is a rule of the state directory's.
        for setting in Setting.all where setting.key != Setting.state.key {
            guard let text = environment(setting.variable), !text.isEmpty else { continue }
            var reader = LayerReader(setting.variable)
            reader.read(variable: text, for: setting)
            values.merge(reader.values) { $1 }
            problems += reader.problems
        }
        guard problems.isEmpty else { throw FarmError(.configuration, problems.joined(separator: "\n")) }
    }

    /// The secrets that webhooks are signed with. Those that a request asks for may use no other ones: the secrets of jobs are none of them.
    public var webhookSecrets: Set<String> { Set(webhooks.compactMap(\.webhook.secret)) }

    private func fault(of webhook: ConfiguredWebhook) -> String? {
        guard let secret = webhook.webhook.secret, secrets[secret] == nil else { return nil }
        return "\(webhook.origin): webhooks: there is no secret \(secret); name it below secrets"
    }

    /// What was configured for a setting; nil if nothing was.
    public subscript(_ setting: Setting) -> ConfiguredValue? { values[setting.key] }

    /// The text of a path, text or choice that was configured.
    public func text(_ setting: Setting) -> String? { if case .text(let text) = self[setting]?.value { text } else { nil } }

    /// The flag that was configured.
    public func flag(_ setting: Setting) -> Bool? { if case .flag(let flag) = self[setting]?.value { flag } else { nil } }

    /// The number that was configured.
    public func integer(_ setting: Setting) -> Int? { if case .integer(let number) = self[setting]?.value { Int(number) } else { nil } }

    /// The list that was configured; empty if none was.
    public func list(_ setting: Setting) -> [String] { if case .list(let elements) = self[setting]?.value { elements } else { [] } }

    /// Puts a quantity that was configured in the place of a default: nil where it is to have no limit.
    public func take(_ setting: Setting, into quantity: inout Int64?) {
        switch self[setting]?.value {
        case .integer(let number): quantity = number
        case .unlimited: quantity = nil
        default: break
        }
    }

    /// Puts a number that was configured in the place of a default.
    public func take(_ setting: Setting, into number: inout Int) { number = integer(setting) ?? number }
}
