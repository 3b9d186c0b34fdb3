internal import ArgumentParser
internal import FarmModel
public import ToolKit

/// Whether and how to wait for the build.
struct WaitOptions: ParsableArguments {
    @Option(
        name: .customLong("wait"),
        help: ArgumentHelp("start or end: wait until the first job starts, or for the result.", valueName: "moment"))
    var moment: BuildWait.Moment?

    @Option(help: ArgumentHelp("Give up waiting after this time, with exit status 124; the build goes on.", valueName: "duration"))
    var timeout: String?

    @Flag(help: "Exit with 2 instead of 1 when some jobs succeeded.")
    var partialExit = false

    var timeoutMilliseconds: Int64? { timeout.flatMap { DurationText.milliseconds($0) } }

    func validate() throws {
        if let timeout, timeoutMilliseconds == nil { throw ValidationError("--timeout \(timeout) is not a duration such as 30m.") }
        if timeout != nil, moment == nil { throw ValidationError("--timeout needs --wait.") }
    }
}

extension BuildWait.Moment: WordArgument {}
