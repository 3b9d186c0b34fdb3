internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `bf-gc pin`
struct PinCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-gc pin",
        abstract: "Keep builds and artifacts, whatever the policy says.",
        usage: "bf-gc pin [<options>] [<id> ...]",
        discussion: """
            A build is kept with its logs and artifacts; a digest keeps one tree or file, also without its build. A pin of the same user on \
            the same thing is replaced.

            Examples:
              bf-gc pin b-1jkmsz --reason "released as 1.0"
              bf-gc pin sha256:2cf24d… --for 90d
              bf-status --failed | bf-gc pin --for 7d -
            """)

    @Argument(help: ArgumentHelp("Builds, or digests of artifacts; - reads ids or records from standard input.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("How long; by default for ever.", valueName: "duration"))
    var duration: String?

    @Option(help: ArgumentHelp("Shown to whoever asks why it stays.", valueName: "text"))
    var reason: String?

    var stateFolder: String? { state.path }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty else { throw NothingGiven(examples: "bf-gc pin b-1jkmsz\nbf-gc pin sha256:2cf24d… --for 90d") }
        let term = try duration.map { text throws(FarmError) in try Self.term(text) }
        if let reason, reason.utf8.count > 1000 { throw FarmError(.usage, "--reason is longer than 1000 bytes") }
        let store = try state.open(in: context, verb: "pin")
        var printer = RecordPrinter<PinRow>(format, colors, in: context)
        for id in try IdentifierInput.read(ids, in: context) {
            let subject = try PinRecord.Subject(id, store)
            try printer.add(PinRow(record: try store.pin(subject, by: UserName.current, reason: reason, for: term)))
        }
        try printer.finish()
        return .success
    }

    private static func term(_ text: String) throws(FarmError) -> Int64 {
        guard let term = DurationText.milliseconds(text) else { throw FarmError(.usage, "--for \(text) is not a duration such as 90d") }
        return term
    }
}

/// `bf-gc unpin`
struct UnpinCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-gc unpin",
        abstract: "Undo bf-gc pin, whoever did it.",
        discussion: """
            Example:
              bf-gc unpin b-1jkmsz
            """)

    @Argument(help: ArgumentHelp("Builds, or digests of artifacts; - reads ids or records from standard input.", valueName: "id"))
    var ids: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var quiet: QuietOptions

    var stateFolder: String? { state.path }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard !ids.isEmpty else { throw NothingGiven(examples: "bf-gc unpin b-1jkmsz") }
        let store = try state.open(in: context, verb: "unpin")
        for id in try IdentifierInput.read(ids, in: context) {
            let subject = try PinRecord.Subject(id, store)
            if try !store.unpin(subject), !quiet.isQuiet { context.note("\(subject) was not pinned") }
        }
        return .success
    }
}

/// `bf-gc pins`
struct PinsCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-gc pins",
        abstract: "List what is pinned.",
        discussion: """
            Example:
              bf-gc pins
            """)

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    var stateFolder: String? { state.path }

    func run(in context: ToolContext) throws -> ExitStatus {
        guard let store = try state.openExisting(in: context, verb: "pins") else { return .success }
        var printer = RecordPrinter<PinRow>(format, colors, in: context)
        try printer.print(try store.pins().map { PinRow(record: $0) })
        return .success
    }
}

extension PinRecord.Subject {
    /// What a word on the command line means.
    fileprivate init(_ text: String, _ store: Store) throws(FarmError) {
        if let digest = Digest(text) {
            self = .digest(digest)
            return
        }
        switch try store.resolve(text) {
        case .build(let build): self = .build(build)
        case .job, .attempt, .runner:
            throw FarmError(.usage, "\(text) is no build; give a build, or the digest of an artifact: see bf-status --artifacts")
        }
    }
}

/// A pin as a row.
struct PinRow: Displayable {
    static let columns = [Column("ID", shrinks: true), Column("BY"), Column("SINCE"), Column("UNTIL"), Column("REASON")]

    let record: PinRecord
    var json: JSONObject { record.json }

    var cells: [Cell] {
        [
            Cell(record.subject.description), Cell(record.holder), Cell(Timestamp.format(milliseconds: record.createdMilliseconds)),
            Cell(record.expiresMilliseconds.map { Timestamp.format(milliseconds: $0) }), Cell(record.reason),
        ]
    }
}
