public import ArgumentParser

/// `--quiet`.
public struct QuietOptions: ParsableArguments {
    /// Whether only errors are said on standard error.
    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Say nothing on standard error but errors.")
    public var isQuiet = false

    /// The defaults, which the parser overwrites.
    public init() {}
}
