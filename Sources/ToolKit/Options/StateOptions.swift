public import ArgumentParser
internal import FarmConfiguration
public import FarmModel
public import FarmStore

/// `--state DIR`, and the store it leads to.
public struct StateOptions: ParsableArguments {
    /// The folder given.
    @Option(
        name: .customLong("state"),
        help: ArgumentHelp(
            "The state directory.",
            discussion: "Else $BF_STATE, $STATE_DIRECTORY, bf.yaml, $XDG_STATE_HOME/bf or ~/.local/state/bf, the first that is set.",
            valueName: "folder"),
        completion: .directory)
    public var path: String?

    /// The defaults, which the parser overwrites.
    public init() {}

    /// The state directory by the flag, the environment or the configuration; nothing is touched.
    public func directory(in context: ToolContext) throws(FarmError) -> StateDirectory {
        try StateDirectory.located(
            flag: path, environment: context.environment, configured: try path == nil ? context.configuration().text(.state) : nil)
    }

    /// Opens the state directory, making it if it is missing.
    ///
    /// - Parameter verb: What the tool is about to do, shown with its name to those who wait for it.
    public func open(in context: ToolContext, verb: String? = nil) throws(FarmError) -> Store {
        try Store.open(directory(in: context), command: command(context, verb)) { context.note($0) }
    }

    /// Opens a state directory that exists; nil if there is none yet.
    ///
    /// - Parameter verb: What the tool is about to do, shown with its name to those who wait for it.
    public func openExisting(in context: ToolContext, verb: String? = nil) throws(FarmError) -> Store? {
        try Store.openExisting(directory(in: context), command: command(context, verb)) { context.note($0) }
    }

    /// The farm that this tool works on: the one behind a server if it runs for one, else the state directory, made if it is missing.
    ///
    /// - Parameter verb: As for ``open(in:verb:)``.
    public func farm(in context: ToolContext, verb: String? = nil) throws(FarmError) -> any Farm {
        if let farm = context.farm { return farm }
        return try open(in: context, verb: verb)
    }

    /// As ``farm(in:verb:)``; nil if there is no state directory yet.
    public func existingFarm(in context: ToolContext) throws(FarmError) -> (any Farm)? {
        if let farm = context.farm { return farm }
        return try openExisting(in: context)
    }

    private func command(_ context: ToolContext, _ verb: String?) -> String {
        verb.map { "\(context.name) \($0)" } ?? context.name
    }
}
