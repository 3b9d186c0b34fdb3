internal import ArgumentParser
internal import FarmConfiguration
internal import FarmModel
internal import FarmServer
internal import ToolKit

/// Where bf-serve listens, and whom it answers.
struct ListenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Listen there: 127.0.0.1:8080, :8080 for every address, or unix:/run/bf.sock; may be repeated.", valueName: "address"))
    var listenAddr: [String] = []

    @Option(
        help: ArgumentHelp("The certificate for TLS, and those that lead to its issuer, in PEM.", valueName: "file"), completion: .file())
    var tlsCert: String?

    @Option(help: ArgumentHelp("The private key of the certificate, in PEM.", valueName: "file"), completion: .file())
    var tlsKey: String?

    @Option(help: ArgumentHelp("Issuers of client certificates that are let in, in PEM.", valueName: "file"), completion: .file())
    var clientCa: String?

    @Flag(help: "Answer anybody without a key, also from other machines. Whoever reaches the port owns the farm.")
    var insecureNoAuth = false

    func serverOptions(in context: ToolContext) throws(FarmError) -> ServerOptions {
        var options = ServerOptions()
        let texts = listenAddr.isEmpty ? [try context.configuration().text(.serveListen) ?? Setting.serveListen.usual] : listenAddr
        for text in texts { options.addresses.append(try ListenAddress(text)) }
        options.allowsAnybody = insecureNoAuth
        switch (tlsCert, tlsKey) {
        case (let certificate?, let key?): options.tls = TLSOptions(certificate: certificate, key: key, clientAuthority: clientCa)
        case (nil, nil): if clientCa != nil { throw FarmError(.usage, "--client-ca needs --tls-cert and --tls-key") }
        default: throw FarmError(.usage, "--tls-cert and --tls-key go together")
        }
        return options
    }
}
