internal import ArgumentParser
internal import FarmConfiguration
internal import FarmModel
internal import FarmServer
internal import ToolKit

/// Whom bf-serve answers.
struct AccessOptions: ParsableArguments {
    @Flag(help: "Ask for a key on loopback addresses too.")
    var requireToken = false

    @Flag(help: "Answer anybody without a key, also from other machines. Whoever reaches the port owns the farm.")
    var insecureNoAuth = false

    @Option(
        help: ArgumentHelp(
            "Let pages of this site read answers, with a key; may be repeated.", valueName: "origin"))
    var allowOrigin: [String] = []

    @Option(help: ArgumentHelp("Let in JSON Web Tokens of this issuer.", valueName: "text"))
    var jwtIssuer: String?

    @Option(help: ArgumentHelp("The audience that the tokens must be for.", valueName: "text"))
    var jwtAudience: String?

    @Option(help: ArgumentHelp("The public keys of the issuer, a JSON Web Key Set.", valueName: "file"), completion: .file())
    var jwtKeys: String?

    @Option(help: ArgumentHelp("A file with the secret of HS256, shared with the issuer.", valueName: "file"), completion: .file())
    var jwtSecretFile: String?

    @Option(help: ArgumentHelp("Requests a second of one key; 200 if not given.", valueName: "number"))
    var rate: Int?

    func apply(to options: inout ServerOptions, in context: ToolContext) throws(FarmError) {
        options.allowsAnybody = insecureNoAuth
        // Who builds with the host's network could reach the port from within a job.
        options.alwaysNeedsKey = try context.configuration().flag(.runAllowHostNetwork) ?? false || requireToken
        if let rate {
            guard (1...1_000_000).contains(rate) else { throw FarmError(.usage, "--rate takes a number from 1 to 1000000") }
            options.ratePerSecond = rate
        }
        options.webTokens = try webTokens
        options.crossOrigins = try crossOrigins
        if let jwtSecretFile { PrivateFile.check(jwtSecretFile, holding: "the secret", in: context) }
    }

    private var crossOrigins: Set<String> {
        get throws(FarmError) {
            for origin in allowOrigin {
                let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
                guard parts.count == 3, ["http:", "https:"].contains(parts[0]), parts[1].isEmpty, !parts[2].isEmpty else {
                    throw FarmError(.usage, "--allow-origin \(origin): an origin is written https://HOST or https://HOST:PORT")
                }
            }
            return Set(allowOrigin)
        }
    }

    private var webTokens: WebTokenOptions? {
        get throws(FarmError) {
            guard jwtIssuer != nil || jwtAudience != nil || jwtKeys != nil || jwtSecretFile != nil else { return nil }
            guard let jwtIssuer, let jwtAudience, jwtKeys != nil || jwtSecretFile != nil else {
                throw FarmError(.usage, "web tokens need --jwt-issuer, --jwt-audience, and --jwt-keys or --jwt-secret-file")
            }
            return WebTokenOptions(issuer: jwtIssuer, audience: jwtAudience, keySet: jwtKeys, secret: jwtSecretFile)
        }
    }
}
