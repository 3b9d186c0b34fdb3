internal import ArgumentParser
internal import FarmConfiguration
internal import FarmModel
internal import FarmStore
public import FarmSubmission
internal import HostSystem
public import ToolKit

/// What is said about the build as a whole.
struct BuildOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The same key with the same content answers the first build.", valueName: "text"))
    var key: String?

    @Option(help: ArgumentHelp("Added to each job's priority; larger goes first.", valueName: "number"))
    var priority: Int?

    @Option(name: .long, help: ArgumentHelp("A label of the build, for people; may be repeated.", valueName: "key=value"))
    var label: [String] = []

    @Option(help: ArgumentHelp("The architecture of documents that name none.", valueName: "name"))
    var arch: String?

    @Option(help: ArgumentHelp("Start nothing before this time: 2026-11-20T23:30:00Z, or 2h from now.", valueName: "time"))
    var notBefore: String?

    @Option(help: ArgumentHelp("error or ignore: what becomes of needs that no job has.", valueName: "what"))
    var missingNeeds: SubmitOptions.MissingNeeds?

    @Flag(help: "Run every job, also those that are unchanged.")
    var force = false

    @Flag(help: "Remember failures of the jobs' own commands, and do not try again what failed so before.")
    var rememberFailures = false

    @Flag(help: "Refuse the build if it has jobs that no runner at work could run.")
    var requireSatisfiable = false

    @Option(help: ArgumentHelp("A secret from a file; may be repeated.", valueName: "name=path"), completion: .file())
    var secretFile: [String] = []

    @Option(help: ArgumentHelp("A secret from an environment variable of the same name; may be repeated.", valueName: "name"))
    var secretEnv: [String] = []

    private static let secretLimit = 1 << 20

    /// The architecture of documents that name none.
    var architecture: Architecture? {
        get throws(FarmError) {
            guard let arch else { return nil }
            if let architecture = Architecture(arch) { return architecture }
            throw FarmError(.usage, "--arch \(arch) is not known; choose one of \(Architecture.names.joined(separator: ", "))")
        }
    }

    func submitOptions(in context: ToolContext) throws(FarmError) -> SubmitOptions {
        var options = SubmitOptions()
        options.owner = context.environment("BF_OWNER") ?? UserName.current
        options.requester = Requester(user: UserName.current, userID: UserName.number, host: Host.name, tool: "bf-submit")
        options.key = try checkedKey()
        let configuration = try context.configuration()
        options.labels = label + configuration.list(.submitLabels).filter { !label.contains($0) }
        options.priority = priority ?? configuration.integer(.submitPriority) ?? 0
        options.notBeforeMilliseconds = try notBeforeMilliseconds()
        options.missingNeeds = try missingNeeds(in: context)
        options.secrets = try secrets(in: context)
        options.isForced = force
        options.rememberMilliseconds = rememberFailures ? rememberedFor(configuration) : nil
        return options
    }

    private static let usualMemory: Int64 = 24 * 3_600_000

    private func rememberedFor(_ configuration: Configuration) -> Int64 {
        var time: Int64? = Self.usualMemory
        configuration.take(.submitRemember, into: &time)
        return time ?? .max / 2
    }

    /// What becomes of needs that no job has, by the command line or the configuration.
    func missingNeeds(in context: ToolContext) throws(FarmError) -> SubmitOptions.MissingNeeds {
        let configured = try context.configuration().text(.submitMissingNeeds).flatMap { SubmitOptions.MissingNeeds(rawValue: $0) }
        return missingNeeds ?? configured ?? .error
    }

    /// The values of the secrets that jobs name and the command line does not give, from where the configuration says.
    func configuredSecrets(_ names: Set<String>, in context: ToolContext) throws(FarmError) -> [String: [UInt8]] {
        let configuration = try context.configuration()
        var secrets: [String: [UInt8]] = [:]
        for name in names.sorted() {
            guard let secret = configuration.secrets[name] else { continue }
            secrets[name] = try SecretFetch.value(of: name, from: secret.source, environment: context.environment)
        }
        try Self.checkLengths(of: secrets)
        return secrets
    }

    private func checkedKey() throws(FarmError) -> String? {
        guard let key else { return nil }
        guard !key.isEmpty, key.utf8.count <= 500 else { throw FarmError(.usage, "--key must have 1 to 500 bytes") }
        return key
    }

    private func notBeforeMilliseconds() throws(FarmError) -> Int64? {
        guard let notBefore else { return nil }
        if let time = Timestamp.parse(notBefore) { return time }
        if let delay = DurationText.milliseconds(notBefore) { return Clock.wallMilliseconds + delay }
        throw FarmError(.usage, "--not-before \(notBefore) is neither a time (2026-11-20T23:30:00Z) nor a duration (2h)")
    }

    private func secrets(in context: ToolContext) throws(FarmError) -> [String: [UInt8]] {
        var secrets: [String: [UInt8]] = [:]
        for pair in secretFile {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw FarmError(.usage, "--secret-file \(pair): expected NAME=PATH") }
            // A file's last line end is nearly never part of the secret.
            var value = try FarmError.wrap { () throws(SystemError) in try Files.readAll(parts[1], limit: Self.secretLimit) }
            if value.last == UInt8(ascii: "\n") { value.removeLast() }
            secrets[parts[0]] = value
        }
        for name in secretEnv {
            guard let value = context.environment(name) else { throw FarmError(.usage, "--secret-env \(name): the variable is not set") }
            secrets[name] = Array(value.utf8)
        }
        try Self.checkLengths(of: secrets)
        return secrets
    }

    private static func checkLengths(of secrets: [String: [UInt8]]) throws(FarmError) {
        for (name, value) in secrets where value.count < SecretBox.shortestValue {
            throw FarmError(
                .usage, "secret \(name) has fewer than \(SecretBox.shortestValue) bytes and could not be masked in logs; use a longer one")
        }
    }
}

extension SubmitOptions.MissingNeeds: WordArgument {}
