internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `bf-run backend add`
struct AddBackendCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "bf-run backend add",
        abstract: "Give jobs to a daemon from now on.",
        usage: "bf-run backend add [<options>] <address>",
        discussion: """
            The address is tcp://HOST:PORT or unix://PATH of a BuildKit daemon, docker://PATH or docker://HOST:PORT of a Docker daemon, \
            docker-container://NAME of BuildKit in a container, or sandbox://HOST for what the runners of that machine do themselves. \
            docker:// means the BuildKit inside Docker; with --kind engine it means its containers, and Podman's.

            Examples:
              bf-run backend add tcp://10.0.0.7:1234 --arch aarch64 --label tier=large
              bf-run backend add docker:///var/run/docker.sock --kind engine --arch x86_64
            """)

    @Argument(help: ArgumentHelp("Where it listens.", valueName: "address"))
    var address: String

    @Option(help: ArgumentHelp("sandbox, engine or buildkit; by default told from the address.", valueName: "kind"))
    var kind: BackendKind?

    @Option(help: ArgumentHelp("The architecture that it builds for; by default this machine's.", valueName: "name"))
    var arch: String?

    @Option(help: ArgumentHelp("An architecture that it runs by emulation; may be repeated.", valueName: "name"))
    var emulates: [String] = []

    @Option(help: ArgumentHelp("What jobs may ask of it; may be repeated.", valueName: "key=value"))
    var label: [String] = []

    @Option(help: ArgumentHelp("Jobs at once; by default the pool's number, 4.", valueName: "number"))
    var maxJobs: Int?

    @Option(help: ArgumentHelp("Its share of the work beside others, 1 to 100.", valueName: "number"))
    var weight: Int?

    @Option(help: ArgumentHelp("The runtime of its containers, for instance runsc; of the kind engine.", valueName: "name"))
    var runtime: String?

    @Option(help: ArgumentHelp("Use TLS: issuers of its certificate, in PEM.", valueName: "file"), completion: .file())
    var tlsCa: String?

    @Option(help: ArgumentHelp("Use TLS: the runners' own certificate, in PEM.", valueName: "file"), completion: .file())
    var tlsCert: String?

    @Option(help: ArgumentHelp("The key of that certificate.", valueName: "file"), completion: .file())
    var tlsKey: String?

    @Option(help: ArgumentHelp("The name in its certificate, if not that of the address.", valueName: "name"))
    var tlsServerName: String?

    @Option(
        help: ArgumentHelp("Credentials of registries, as Docker's config.json; by default the runner's own.", valueName: "file"),
        completion: .file())
    var registryAuth: String?

    @OptionGroup var state: StateOptions
    @OptionGroup var remote: RemoteOptions

    var stateFolder: String? { state.path }

    var server: RemoteOptions? { remote }

    func run(in context: ToolContext) throws -> ExitStatus {
        let farm = try state.farm(in: context, verb: "backend add")
        guard try farm.add(backend(), by: context.requester) else {
            throw FarmError(.cannotCreate, "\(address) is a backend already; remove it first to change it")
        }
        return .success
    }

    private func backend() throws(FarmError) -> BackendRecord {
        var request: JSONObject = ["address": .string(address), "arch": .string(arch ?? Architecture.native.name)]
        request.add("backend_kind", kind?.rawValue)
        request.add("max_jobs", maxJobs.map(Int64.init))
        request.add("weight", weight.map(Int64.init))
        request.add("emulates", emulates.isEmpty ? nil : .array(emulates.map(JSONValue.string)))
        request.add("runtime", runtime)
        if !label.isEmpty { request.add("labels", .object(labels)) }
        var backend: BackendRecord
        do throws(FarmError) { backend = try BackendRecord(request: request) } catch { throw FarmError(.usage, error.message) }
        backend.tls = try tls()
        backend.registryAuth = try registryAuth.map(Self.absolute)
        return backend
    }

    private var labels: JSONObject {
        var labels = JSONObject()
        for text in label {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            labels[parts[0]] = .string(parts.count == 2 ? parts[1] : "")
        }
        return labels
    }

    private func tls() throws(FarmError) -> BackendTLS? {
        guard tlsCa != nil || tlsCert != nil || tlsKey != nil || tlsServerName != nil else { return nil }
        guard (tlsCert == nil) == (tlsKey == nil) else { throw FarmError(.usage, "--tls-cert and --tls-key go together") }
        var tls = BackendTLS()
        // Runners may be started elsewhere.
        tls.authority = try tlsCa.map(Self.absolute)
        tls.certificate = try tlsCert.map(Self.absolute)
        tls.key = try tlsKey.map(Self.absolute)
        tls.serverName = tlsServerName
        return tls
    }

    private static func absolute(_ path: String) throws(FarmError) -> String {
        do throws(SystemError) { return try Files.realPath(path) } catch { throw FarmError(.noInput, "\(error)") }
    }
}
