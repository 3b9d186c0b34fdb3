public import ArgumentParser
internal import FarmModel

/// `--server URL` and what goes with it: the tool works on a farm behind bf-serve.
public struct RemoteOptions: ParsableArguments {
    /// The address given.
    @Option(
        name: .customLong("server"),
        help: ArgumentHelp(
            "Work on the farm behind this bf-serve instead of a state directory.",
            discussion: "http://HOST:PORT, https://HOST:PORT or unix:PATH. Else $BF_SERVER, unless --state is given.", valueName: "url"))
    public var address: String?

    /// The file of the key.
    @Option(help: ArgumentHelp("The file with the key for the server; else $BF_TOKEN_FILE.", valueName: "file"), completion: .file())
    public var tokenFile: String?

    /// The file of issuers.
    @Option(
        help: ArgumentHelp("Issuers of the server's certificate, in PEM, instead of those the system knows.", valueName: "file"),
        completion: .file())
    public var caFile: String?

    /// The defaults, which the parser overwrites.
    public init() {}

    /// The server to work on; nil for the state directory.
    /// - Parameter state: The state directory that was given.
    /// - Throws: `usage` where both are given, or a key for no server.
    func place(besides state: String?, in context: ToolContext) throws(FarmError) -> ServerPlace? {
        if address != nil, state != nil { throw FarmError(.usage, "--server and --state are two farms; give one of them") }
        let usual = state == nil ? context.environment("BF_SERVER").flatMap { $0.isEmpty ? nil : $0 } : nil
        guard let address = address ?? usual else {
            guard tokenFile == nil, caFile == nil else { throw FarmError(.usage, "--token-file and --ca-file need --server") }
            return nil
        }
        let usualToken = context.environment("BF_TOKEN_FILE").flatMap { $0.isEmpty ? nil : $0 }
        return ServerPlace(address: address, tokenFile: tokenFile ?? usualToken, authorities: caFile)
    }
}

/// A server, as the command line and the environment name it.
public struct ServerPlace: Sendable, Equatable {
    /// `http://HOST:PORT`, `https://HOST:PORT` or `unix:PATH`.
    public var address: String
    /// The file with the key for it.
    public var tokenFile: String?
    /// The file with issuers of its certificate.
    public var authorities: String?
}
