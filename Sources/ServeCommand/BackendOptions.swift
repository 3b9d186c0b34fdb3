internal import ArgumentParser
internal import FarmConfiguration
internal import FarmModel
internal import FarmServer
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// The machines that run jobs over the network, by the options of melange's two servers.
struct BackendOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A BuildKit daemon that runs jobs, for instance tcp://host:1234.", valueName: "address"))
    var buildkitAddr: String?

    @Option(help: ArgumentHelp("A file with several of them, as melange's server reads it.", valueName: "file"), completion: .file())
    var backendsConfig: String?

    @Option(help: ArgumentHelp("The architecture where a request, or --buildkit-addr, names none.", valueName: "name"))
    var defaultArch: String?

    @Option(
        help: ArgumentHelp("Put the results of melange's routes into this folder too, as melange's servers do.", valueName: "folder"),
        completion: .directory)
    var outputDir: String?

    @Option(help: ArgumentHelp("Not possible yet: results are in the state directory.", valueName: "name"))
    var gcsBucket: String?

    private static let fileLimit = 1 << 20

    func apply(to options: inout ServerOptions) throws(FarmError) {
        if let gcsBucket {
            throw FarmError(
                .usage,
                "--gcs-bucket \(gcsBucket): artifacts cannot be kept in Google Cloud Storage yet; leave the option out, they are kept in "
                    + "the state directory")
        }
        options.outputFolder = try outputDir.map { folder throws(FarmError) in
            try FarmError.wrap { () throws(SystemError) in
                try Files.makeFolders(folder, mode: 0o755)
                return try Files.realPath(folder)
            }
        }
        guard let defaultArch else { return }
        guard let architecture = Architecture(defaultArch) else {
            throw FarmError(
                .usage, "--default-arch \(defaultArch) is not known; choose one of \(Architecture.names.joined(separator: ", "))")
        }
        options.defaultArchitecture = architecture
    }

    /// Makes the machines that were named those of the farm; without a name they stay as they are.
    func register(in store: Store, architecture: Architecture, by requester: Requester) throws(FarmError) {
        if let backendsConfig {
            let bytes: [UInt8]
            do throws(SystemError) { bytes = try Files.readAll(backendsConfig, limit: Self.fileLimit) } catch {
                throw FarmError(.noInput, "--backends-config: \(error)")
            }
            let file = try BackendsFile(path: backendsConfig, bytes: bytes)
            try store.setBackends(file.backends, pool: file.pool, by: requester)
        } else if let buildkitAddr {
            guard BackendRecord.isAddress(buildkitAddr) else {
                throw FarmError(
                    .usage,
                    "--buildkit-addr \(buildkitAddr): an address begins with one of \(BackendRecord.schemes.joined(separator: ", "))")
            }
            let backend = BackendRecord(address: buildkitAddr, architecture: architecture.name)
            try store.setBackends([backend], pool: BackendPool(), by: requester)
        }
    }
}
