internal import BuildKitClient
internal import Execution
internal import FarmModel

/// One phase as a step of a build.
struct PhaseCommand: Sendable {
    let phase: Phase
    /// Counts the phases that were started.
    let number: Int
    /// Whether the outputs come back with its end, if it succeeds.
    let bringsOutputs: Bool
    /// Whether a command of the attempt has run before.
    private let continues: Bool
    private let places: BuildKitPlaces
    private let variables: [String]
    /// Variables whose values are secret.
    private let secretVariables: [(name: String, value: [UInt8])]

    /// - Throws: `badInput` for what cannot be a variable or a path.
    init(_ phase: Phase, number: Int, continues: Bool = false, in places: BuildKitPlaces) throws(ExecutionFailure) {
        self.phase = phase
        self.number = number
        self.continues = continues
        bringsOutputs = phase.isLastOfSuccess(in: places.request.plan)
        self.places = places
        let request = places.request
        let secretNames = Set(request.secrets.filter { $0.use.isVisible(in: phase) }.compactMap(\.use.variable))
        let all = try PhaseVariables.make(phase, of: request, in: .sandbox)
        variables = all.filter { !secretNames.contains($0.name) }.map { "\($0.name)=\($0.value)" }
        secretVariables = all.filter { secretNames.contains($0.name) }.map { ($0.name, Array($0.value.utf8)) }
        for secret in request.secrets {
            guard secret.use.name.hasOnlyPathNames, !secret.use.name.utf8.contains(0) else {
                throw ExecutionFailure(.badInput, "the name of secret \"\(secret.use.name)\" cannot be a path")
            }
        }
        if case .arguments(let arguments) = phase.command {
            guard let program = arguments.first, !program.isEmpty, !arguments.contains(where: { $0.utf8.contains(0) }) else {
                throw ExecutionFailure(.badInput, "phase \(phase.name): argv is empty or has a zero byte")
            }
        }
    }

    /// What the step is called on the daemon.
    var title: String { "\(places.names.attempt) \(phase.name)" }

    /// The secrets that the session hands out for it.
    var secrets: [String: [UInt8]] {
        var secrets: [String: [UInt8]] = [:]
        for secret in visibleSecrets { secrets["file-\(secret.use.name)"] = secret.value }
        for variable in secretVariables { secrets["variable-\(variable.name)"] = variable.value }
        return secrets
    }

    private var visibleSecrets: [ExecutionRequest.Secret] { places.request.secrets.filter { $0.use.isVisible(in: phase) } }

    /// The program and its arguments.
    var arguments: [String] {
        switch phase.command {
        case .script: ["/bin/sh", "-e", BuildKitPlaces.script]
        case .arguments(let arguments): arguments
        }
    }

    // What tells a command from that of any other attempt, so that its result is never that of another, is the name of the attempt among its
    // arguments, or that of a folder that it sees. To ask the daemon to forget results would empty the caches too.

    /// The step, in which a script watches over the command.
    var wrapped: Operation {
        let directory = PhasePlaces.sandbox.workingDirectory(phase.workingDirectory)
        var script = PhaseScript(number).text(
            logLimit: places.request.plan.limits.logBytes, bringsOutputs: bringsOutputs, continues: continues)
        if let mask = places.request.variation.fileModeMask { script = "umask \(String(mask, radix: 8))\n" + script }
        var execution = execution(
            ["/bin/sh", "-c", script, "\(places.names.attempt)-\(number)", directory] + secretVariables.map(\.name) + ["--"] + arguments)
        execution.mounts = [places.result, places.log(number)] + execution.mounts
        execution.mounts += secretVariables.map { variable in
            ExecutionMount(
                "\(PhaseScript.variables)/\(variable.name)",
                .secret(identifier: "variable-\(variable.name)", mode: 0o400, owner: places.user))
        }
        return execution.operation(in: root, platform: places.platform)
    }

    /// The step with the command alone, for a root without a shell. Its output 0 are the outputs so far.
    /// - Parameter outputs: those before.
    func bare(outputs: Output) -> Operation {
        var execution = execution(arguments)
        execution.workingDirectory = PhasePlaces.sandbox.workingDirectory(phase.workingDirectory)
        execution.secretVariables = secretVariables.map { ($0.name, "variable-\($0.name)") }
        execution.mounts.removeAll { $0.path == PhasePlaces.sandbox.out }
        let out = ExecutionMount(
            PhasePlaces.sandbox.out, .files(outputs, part: BuildKitPlaces.part, isReadOnly: false, isMade: true))
        execution.mounts = [out, places.mark(number)] + execution.mounts
        return execution.operation(in: root, platform: places.platform)
    }

    /// Which output of the step has what it leaves: a root that it may write into is one too.
    var resultIndex: Int { places.request.plan.runsAsRoot ? 1 : 0 }

    /// Whether it can run without a script around it.
    var needsShell: Bool {
        if case .script = phase.command { return true }
        return false
    }

    /// Whether it has variables that are secret.
    var hasSecretVariables: Bool { !secretVariables.isEmpty }

    private var root: Output {
        var files = visibleSecrets.map { "\(PhasePlaces.sandbox.secrets)/\($0.use.name)" }
        if needsShell { files.append(BuildKitPlaces.script) }
        return places.root(files: files)
    }

    private func execution(_ arguments: [String]) -> Execution {
        var execution = Execution(arguments)
        execution.variables = variables + ["PWD=\(PhasePlaces.sandbox.workingDirectory(phase.workingDirectory))"]
        execution.user = "\(places.user):\(places.user)"
        execution.hostName = places.request.variation.hostName ?? "bf"
        execution.network = network
        execution.name = title
        execution.hasReadOnlyRoot = !places.request.plan.runsAsRoot
        execution.mounts = places.mounts
        if case .script(let text) = phase.command {
            let file = Operation.files([.file(path: "/script", content: Array(text.utf8), mode: 0o444)], time: 0).output()
            execution.mounts.append(ExecutionMount(BuildKitPlaces.script, .part(of: file, path: "/script")))
        }
        execution.mounts += visibleSecrets.map { secret in
            ExecutionMount(
                "\(PhasePlaces.sandbox.secrets)/\(secret.use.name)",
                .secret(identifier: "file-\(secret.use.name)", mode: 0o400, owner: places.user))
        }
        return execution
    }

    private var network: Execution.Network {
        switch phase.network {
        case .none: .none
        case .internet: .usual
        case .host: .host
        }
    }
}

extension Phase {
    /// Whether nothing runs after it if it succeeds. Only a phase whose failure fails the plan is taken for that, and one of which there is no
    /// second.
    fileprivate func isLastOfSuccess(in plan: Plan) -> Bool {
        guard !isOptional, plan.phases.last(where: { $0.condition != .failure }) == self else { return false }
        return plan.phases.filter { $0 == self }.count == 1
    }
}
