internal import ArgumentParser
internal import FarmModel
internal import Glibc
internal import HostSystem

/// Runs the command of a tool.
public enum Tool {
    /// The whole `main` of an executable: parses the command line, runs the command, prints what went wrong, exits.
    ///
    /// Writing to a pipe nobody reads ends the process by SIGPIPE, as shells expect, whatever it inherited.
    ///
    /// - Parameters:
    ///   - arguments: By default those of the process.
    ///   - prepare: Gives the context what only this executable has, as the client of farms behind servers: without that one a tool that works on
    ///     such a farm becomes `bf-serve remote`.
    public static func main(
        _ command: (some ToolCommand).Type, named name: String, arguments: [String]? = nil,
        prepare: (inout ToolContext) -> Void = { _ in }
    ) -> Never {
        StandardStreams.ensureOpen()
        try? SignalDisposition.reset(.brokenPipe)
        var context = ToolContext.process(named: name)
        prepare(&context)
        exit(run(command, arguments: arguments ?? Array(CommandLine.arguments.dropFirst()), in: context))
    }

    /// Runs a command and gives its exit status, with everything said on the context's streams.
    public static func run(_ command: (some ToolCommand).Type, arguments: [String], in context: ToolContext) -> Int32 {
        do {
            let status = try execute(command, arguments: arguments, in: context)
            try context.output.finish()
            return status
        } catch {
            return report(ToolFailure(error, of: command, name: context.name), in: context)
        }
    }

    private static func execute<Command: ToolCommand>(
        _ command: Command.Type, arguments: [String], in context: ToolContext
    ) throws -> Int32 {
        var parsed = try command.parseAsRoot(arguments)
        if let toolCommand = parsed as? Command {
            var context = context
            context.stateFolder = toolCommand.stateFolder
            context.arguments = arguments
            if !toolCommand.isLocal, let place = try toolCommand.server?.place(besides: toolCommand.stateFolder, in: context) {
                guard let connect = context.connect else { throw ServerTool.become(context.name, arguments, in: context, for: "--server") }
                context.farm = try connect(place, context)
            }
            return try toolCommand.run(in: context).rawValue
        }
        try parsed.run()
        return ExitStatus.success.rawValue
    }

    private static func report(_ failure: ToolFailure, in context: ToolContext) -> Int32 {
        do {
            if let help = failure.help { try context.output.write(help + "\n") }
            try context.output.finish()
        } catch {
            // A failed write of results is the first cause of whatever else is wrong.
            if failure.help != nil || failure.message == nil { return say(ToolFailure(error), in: context) }
        }
        return say(failure, in: context)
    }

    private static func say(_ failure: ToolFailure, in context: ToolContext) -> Int32 {
        if let message = failure.message { context.note(message) }
        if let hint = failure.hint { try? context.error.writeAll(Array(hint.utf8)) }
        return failure.status
    }
}
