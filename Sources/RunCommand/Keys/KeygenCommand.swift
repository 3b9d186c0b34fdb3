internal import ArgumentParser
internal import FarmModel
internal import FarmRunner
internal import FarmStore
internal import ToolKit

/// `bf-run keygen`
struct KeygenCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run keygen",
        abstract: "Make a key to sign packages with.",
        usage: "bf-run keygen [<options>] [<file>]",
        discussion: """
            Writes the private key to FILE and its public half to FILE.pub, and prints the name of the latter. Machines that are to trust \
            packages signed with it get the public half into /etc/apk/keys, under the same name.

            Without it the farm makes a key of its own for the first package; --own makes that one now, or shows it.

            Examples:
              bf-run keygen example.rsa
              bf-run --signing-key ./example.rsa
              bf-run keygen --own
            """)

    @Argument(help: ArgumentHelp("Where the private key goes; bf.rsa if not given.", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: ArgumentHelp("The size of the key; 4096 if not given.", valueName: "number"))
    var bits: Int?

    @Flag(help: "The key in the state directory.")
    var own = false

    @OptionGroup var state: StateOptions

    var stateFolder: String? { state.path }

    private static let sizes = 2_048...8_192

    func run(in context: ToolContext) throws -> ExitStatus {
        if let bits, !Self.sizes.contains(bits) {
            throw FarmError(.usage, "--bits takes a number from \(Self.sizes.lowerBound) to \(Self.sizes.upperBound)")
        }
        if own { return try showOwn(in: context) }
        let path = file ?? "bf.rsa"
        _ = try SigningKeys.make(at: path, bits: bits ?? 4_096)
        try context.output.write("\(path).pub\n")
        return .success
    }

    private func showOwn(in context: ToolContext) throws -> ExitStatus {
        guard file == nil, bits == nil else { throw FarmError(.usage, "--own takes neither a file nor --bits") }
        try context.output.write(SigningKeys(try state.open(in: context).directory).ownPublicFile() + "\n")
        return .success
    }
}
