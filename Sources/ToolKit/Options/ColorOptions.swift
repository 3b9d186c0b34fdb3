public import ArgumentParser
internal import FarmConfiguration
internal import HostSystem

/// When colours are used.
public enum ColorChoice: String, WordArgument, Sendable {
    /// On a terminal, unless the environment objects.
    case auto
    /// Also into pipes and files.
    case always
    /// Not at all.
    case never
}

/// `--color`, and what the environment says of colours.
public struct ColorOptions: ParsableArguments {
    /// The choice given.
    @Option(
        name: .customLong("color"),
        help: ArgumentHelp("When to use colours.", discussion: "auto obeys NO_COLOR, CLICOLOR_FORCE and TERM.", valueName: "when"))
    public var choice: ColorChoice?

    /// The defaults, which the parser overwrites.
    public init() {}

    /// Paints what goes to standard output.
    ///
    /// Settings that cannot be read are passed over here: whoever opens the state directory is told of them.
    public func painter(in context: ToolContext) -> Painter {
        let configured = (try? context.configuration())?.text(.color).flatMap { ColorChoice(rawValue: $0) }
        return Painter(
            isOn: ColorPolicy.isOn(
                choice ?? configured ?? .auto, isTerminal: Terminal.isTerminal(context.output.descriptor), environment: context.environment)
        )
    }
}

/// Decides on colours.
public enum ColorPolicy {
    /// Whether to use colours: the flag, then `NO_COLOR` (https://no-color.org), then `CLICOLOR_FORCE` (https://bixense.com/clicolors),
    /// then whether there is a terminal that is not dumb.
    public static func isOn(_ choice: ColorChoice, isTerminal: Bool, environment: (String) -> String?) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if environment("NO_COLOR").map({ !$0.isEmpty }) ?? false { return false }
        if let forced = environment("CLICOLOR_FORCE"), !forced.isEmpty, forced != "0" { return true }
        return isTerminal && environment("TERM") != "dumb"
    }
}
