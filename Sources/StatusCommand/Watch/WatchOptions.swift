internal import ArgumentParser
internal import FarmModel

/// Looking on, and waiting.
struct WatchOptions: ParsableArguments {
    @Flag(help: "Look on: on a terminal a view that is redrawn, in a pipe the present state and then events.")
    var watch = false

    @Option(
        name: .customLong("cursor"), help: ArgumentHelp("With --watch in a pipe: the events after this one.", valueName: "epoch-number"))
    var cursorText: String?

    @Flag(help: "Wait until everything named has ended; the exit status tells how.")
    var wait = false

    @Option(help: ArgumentHelp("With --wait: give up after this time, with exit status 124.", valueName: "duration"))
    var timeout: String?

    @Flag(help: "With --wait: exit with 2 if some jobs succeeded and others did not.")
    var partialExit = false

    func validate() throws {
        if cursorText != nil, !watch { throw ValidationError("--cursor needs --watch.") }
        if cursorText != nil, cursor == nil {
            throw ValidationError("--cursor \(cursorText ?? ""): expected the cursor of an event, as 3-1250.")
        }
        if timeout != nil || partialExit, !wait { throw ValidationError("--timeout and --partial-exit need --wait.") }
        if timeout != nil, timeoutMilliseconds == nil {
            throw ValidationError("--timeout \(timeout ?? ""): expected a duration, as 30s or 2h.")
        }
    }

    var cursor: EventCursor? { cursorText.flatMap { EventCursor($0) } }

    var timeoutMilliseconds: Int64? { timeout.flatMap(DurationText.milliseconds) }
}
