public import FarmModel
internal import HostSystem

/// Fetches the values of configured secrets.
public enum SecretFetch {
    private static let limit = 1 << 20
    private static let patienceMilliseconds: Int64 = 60_000

    /// The value of a secret, without the line end that files and programs put after it.
    ///
    /// - Parameters:
    ///   - name: Its name, for messages.
    ///   - source: Where it comes from.
    ///   - environment: Looks up a variable.
    /// - Throws: `configuration` if it cannot be had, `unavailable` if its command fails; no message holds any of the value.
    public static func value(
        of name: String, from source: SecretSource, environment: (String) -> String?
    ) throws(FarmError) -> [UInt8] {
        var value: [UInt8]
        switch source {
        case .file(let path): value = try content(of: path, name)
        case .command(let arguments): value = try output(of: arguments, name)
        case .credential(let credential):
            guard let folder = environment("CREDENTIALS_DIRECTORY"), !folder.isEmpty else {
                throw FarmError(.configuration, "secret \(name): no credentials here; systemd gives them to services with LoadCredential=")
            }
            value = try content(of: folder + "/" + credential, name)
        }
        if value.last == UInt8(ascii: "\n") { value.removeLast() }
        return value
    }

    private static func content(of path: String, _ name: String) throws(FarmError) -> [UInt8] {
        do throws(FarmError) {
            if let content = try TrustedFile.content(of: path, limit: limit) { return content }
        } catch {
            throw FarmError(error.status, "secret \(name): \(error.message)")
        }
        throw FarmError(.configuration, "secret \(name): \(path) does not exist")
    }

    private static func output(of arguments: [String], _ name: String) throws(FarmError) -> [UInt8] {
        let program = arguments.first ?? ""
        let result: SubprocessResult
        do throws(SystemError) {
            result = try Subprocess.run(
                arguments, environment: Environment.all, limit: limit, deadline: Clock.boottimeMilliseconds + patienceMilliseconds)
        } catch {
            throw FarmError(.unavailable, "secret \(name): \(error)")
        }
        guard !result.isSuccess else { return result.output }
        let said = String(decoding: result.error.prefix(2000), as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: "; ")
        throw FarmError(.unavailable, "secret \(name): \(program) \(reason(result))" + (said.isEmpty ? "" : ": \(said)"))
    }

    private static func reason(_ result: SubprocessResult) -> String {
        switch result.interruption {
        case .deadline: "took longer than \(DurationText.text(milliseconds: patienceMilliseconds))"
        case .outputLimit: "printed more than \(SizeText.text(bytes: Int64(limit)))"
        case .stopped: "was stopped"
        case nil: ending(result.exit.ending)
        }
    }

    private static func ending(_ ending: ProcessEnding) -> String {
        switch ending {
        case .exited(let code): "ended with exit status \(code)"
        case .signalled(let signal): "was ended by signal \(signal.number)"
        }
    }
}
