internal import ArgumentParser
internal import FarmModel
internal import FarmRunner
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `bf-run backend probe`
struct ProbeBackendCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend probe",
        abstract: "Ask daemons how they are.",
        usage: "bf-run backend probe [<options>] [<address> ...]",
        discussion: """
            Asks those that are named, or all, and shows what they answered: version, abilities, disk, and what is worth changing on them. Exits \
            with 1 if one does not answer.

            Example:
              bf-run backend probe tcp://10.0.0.7:1234
            """)

    @Argument(help: ArgumentHelp("Which ones; by default all.", valueName: "address"))
    var addresses: [String] = []

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var format: FormatOptions
    @OptionGroup var colors: ColorOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    private static let timeoutMilliseconds: Int64 = 15_000

    func run(in context: ToolContext) throws -> ExitStatus {
        let reports: [BackendReport]
        if let farm = context.farm {
            reports = try ask(farm)
        } else {
            guard let access = context.equipment(BackendAccess.self) else {
                throw ServerTool.become(context.name, context.arguments, in: context, for: "bf-run backend probe")
            }
            guard let store = try state.openExisting(in: context, verb: "backend probe") else { return .success }
            reports = try probe(store, access)
        }
        try BackendRow.print(reports, format, colors, in: context)
        for report in reports {
            for sentence in report.advice { context.note("\(report.address): \(sentence)") }
            if let error = report.offlineError { context.note("\(report.address): \(error)") }
        }
        return reports.contains { $0.offlineError != nil } ? .failed : .success
    }

    private func chosen(_ all: [BackendReport]) throws(FarmError) -> [BackendReport] {
        if addresses.isEmpty { return all.filter { !$0.address.hasPrefix("sandbox://") } }
        var found: [BackendReport] = []
        for address in addresses {
            guard let report = all.first(where: { $0.address == address }) else { throw FarmError.noBackend(address) }
            found.append(report)
        }
        return found
    }

    private func probe(_ store: Store, _ access: BackendAccess) throws(FarmError) -> [BackendReport] {
        let addresses = try chosen(store.backendReports()).map(\.address)
        for status in try store.backendStatuses() where addresses.contains(status.backend.address) {
            let health = access.health(of: status.backend, before: status.health, timeoutMilliseconds: Self.timeoutMilliseconds)
            try store.note(health, of: status.backend.address)
        }
        return try store.backendReports().filter { addresses.contains($0.address) }
    }

    /// The server asks: here only its answer is waited for.
    private func ask(_ farm: any Farm) throws(FarmError) -> [BackendReport] {
        let addresses = try chosen(farm.backendReports()).map(\.address)
        for address in addresses where try !farm.requestProbe(of: address) { throw FarmError.noBackend(address) }
        let deadline = Clock.boottimeMilliseconds + Self.timeoutMilliseconds
        while true {
            let reports = try farm.backendReports().filter { addresses.contains($0.address) }
            if reports.allSatisfy({ $0.checkedMilliseconds != nil }) { return reports }
            guard Clock.boottimeMilliseconds < deadline else {
                throw FarmError(
                    .temporary, "nobody has asked the backends within \(Self.timeoutMilliseconds / 1000) s; is the server well?")
            }
            _ = try? Poller.wait([], timeoutMilliseconds: 200)
        }
    }
}
