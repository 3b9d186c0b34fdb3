internal import ArgumentParser
public import FarmModel
internal import FarmStore
internal import HostSystem
public import ToolKit

/// `bf-serve token`
struct TokenCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-serve token",
        abstract: "Make, list and revoke the keys by which programs and people are let in.",
        usage: """
            bf-serve token create <name> --role <role> [--owner <name>] [--expires <time>]
            bf-serve token list
            bf-serve token revoke <name|id>
            """,
        discussion: """
            The secret of a new key is printed once, alone, on standard output; only its SHA-256 is kept.

            Examples:
              bf-serve token create ci --role submit --expires 90d > ci.token
              bf-serve token revoke ci
            """)

    enum Verb: String, WordArgument {
        case create
        case list
        case revoke
    }

    @Argument(help: ArgumentHelp("create, list or revoke.", valueName: "verb"))
    var verb: Verb

    @Argument(help: ArgumentHelp("The name of the key; to revoke one, its name or id.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("read, submit, operate or admin: what its holder may do.", valueName: "role"))
    var role: Role?

    @Option(help: ArgumentHelp("Whose builds its holder submits; else the key's own name.", valueName: "name"))
    var owner: String?

    @Option(help: ArgumentHelp("Not valid after this time (2027-01-31), or so long from now (90d).", valueName: "time"))
    var expires: String?

    @OptionGroup var state: StateOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    var stateFolder: String? { state.path }

    private var requester: Requester { Requester(user: UserName.current, userID: UserName.number, host: Host.name, tool: "bf-serve token") }

    func validate() throws {
        switch verb {
        case .create:
            if name == nil { throw ValidationError("create needs a name.") }
            if role == nil { throw ValidationError("create needs --role.") }
        case .revoke: if name == nil { throw ValidationError("revoke needs the name or id of a key.") }
        case .list: if name != nil { throw ValidationError("list takes no name.") }
        }
        if verb != .create, role != nil || owner != nil || expires != nil {
            throw ValidationError("--role, --owner and --expires belong to create.")
        }
    }

    func run(in context: ToolContext) throws -> ExitStatus {
        let store = try state.open(in: context, verb: "token")
        switch verb {
        case .create: try create(store, in: context)
        case .list:
            var printer = RecordPrinter<TokenRow>(format, colors, in: context)
            try printer.print(store.tokens().map { TokenRow($0, now: Clock.wallMilliseconds) })
        case .revoke:
            let token = try store.revokeToken(store.token(named: name ?? "").id, by: requester)
            context.note("\(token.name) (\(token.id)) lets nobody in any more")
        }
        return .success
    }

    private func create(_ store: Store, in context: ToolContext) throws {
        guard let name, let role else { return }
        let request = TokenRequest(name: name, role: role, owner: owner, expiresMilliseconds: try expiry())
        let (record, secret) = try store.createToken(request, by: requester)
        context.note("\(record.name) (\(record.id)) has the role \(record.role.rawValue); keep its secret, it is not shown again")
        try context.output.write(secret.text + "\n")
    }

    private func expiry() throws(FarmError) -> Int64? {
        guard let expires else { return nil }
        if let time = Timestamp.parse(expires) ?? Timestamp.parse(expires + "T00:00:00Z") { return time }
        if let span = DurationText.milliseconds(expires) { return Clock.wallMilliseconds + span }
        throw FarmError(.usage, "--expires \(expires) is neither a time (2027-01-31) nor a duration (90d)")
    }
}

extension Role: WordArgument {}
