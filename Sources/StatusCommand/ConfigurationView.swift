internal import FarmConfiguration
internal import FarmModel
internal import FarmStore
internal import ToolKit

/// Shows the settings with their origins.
struct ConfigurationView {
    let state: StateOptions
    let format: FormatOptions
    let colors: ColorOptions
    let context: ToolContext

    /// Prints a row for each setting and each secret; names on standard error what was probably meant to be one.
    func show() throws -> ExitStatus {
        let configuration = try context.configuration()
        var printer = RecordPrinter<SettingRow>(format, colors, in: context)
        try printer.print(Setting.all.map { row(of: $0, in: configuration) } + secretRows(of: configuration))
        for warning in UnknownVariables.warnings(among: context.variableNames()) { context.note(warning) }
        return .success
    }

    private func row(of setting: Setting, in configuration: Configuration) -> SettingRow {
        if setting.key == Setting.state.key { return stateRow(configuration) }
        if setting.key == Setting.color.key, let choice = colors.choice {
            return SettingRow(key: setting.key, text: choice.rawValue, origin: .flag("--color"))
        }
        guard let value = configuration[setting] else {
            return SettingRow(key: setting.key, text: setting.usual, json: setting.usualJSON, origin: .usual)
        }
        return SettingRow(key: setting.key, text: value.text, json: value.json, origin: value.origin)
    }

    /// The state directory, which the environment may name in ways of its own.
    private func stateRow(_ configuration: Configuration) -> SettingRow {
        let path = (try? state.directory(in: context))?.path ?? "none"
        return SettingRow(key: Setting.state.key, text: path, origin: stateOrigin(configuration))
    }

    private func stateOrigin(_ configuration: Configuration) -> Origin {
        if state.path != nil { return .flag("--state") }
        let variables = [Setting.state.variable, "STATE_DIRECTORY"]
        if let name = variables.first(where: { context.environment($0)?.isEmpty == false }) { return .variable(name) }
        if let configured = configuration[.state] { return configured.origin }
        return context.environment("XDG_STATE_HOME")?.hasPrefix("/") == true ? .variable("XDG_STATE_HOME") : .usual
    }

    private func secretRows(of configuration: Configuration) -> [SettingRow] {
        configuration.secrets.sorted { $0.key < $1.key }.map { name, secret in
            SettingRow(key: "secrets.\(name)", text: secret.source.summary, origin: secret.origin)
        }
    }
}
