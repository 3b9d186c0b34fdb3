internal import ArgumentParser
internal import FarmConfiguration
internal import FarmModel
internal import FarmServer
internal import HostSystem
internal import ToolKit

/// Where bf-serve listens, and with which certificate.
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

    func apply(to options: inout ServerOptions, in context: ToolContext) throws(FarmError) {
        options.addresses = try addresses(in: context)
        if let tlsKey { PrivateFile.check(tlsKey, holding: "the private key", in: context) }
        switch (tlsCert, tlsKey) {
        case (let certificate?, let key?): options.tls = TLSOptions(certificate: certificate, key: key, clientAuthority: clientCa)
        case (nil, nil): if clientCa != nil { throw FarmError(.usage, "--client-ca needs --tls-cert and --tls-key") }
        default: throw FarmError(.usage, "--tls-cert and --tls-key go together")
        }
    }

    /// Sockets from systemd come first; the configured address is only for those who named none.
    private func addresses(in context: ToolContext) throws(FarmError) -> [ListenAddress] {
        var addresses = InheritedSockets.find(environment: context.environment).map {
            ListenAddress.inherited(descriptor: $0.descriptor, isLocal: $0.isLocal)
        }
        for text in listenAddr { addresses.append(try ListenAddress(text)) }
        if addresses.isEmpty {
            addresses.append(try ListenAddress(context.configuration().text(.serveListen) ?? Setting.serveListen.usual))
        }
        return addresses
    }
}
