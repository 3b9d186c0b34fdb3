public import FarmModel

/// Why a source could not be fetched.
public enum FetchFailure: Error, Sendable, Equatable {
    /// The caller asked to stop.
    case stopped
    /// The address, the reference or the content is wrong: another try would end the same way. One line.
    case badInput(String)
    /// The network, the server or this machine failed, or the time was over: another try may succeed. One line.
    case infrastructure(String)

    /// The class of the attempt's failure; nil when it was stopped.
    public var failureClass: FailureClass? {
        switch self {
        case .stopped: nil
        case .badInput: .badInput
        case .infrastructure: .infrastructure
        }
    }

    /// One line that says what failed, without credentials.
    public var message: String {
        switch self {
        case .stopped: "stopped"
        case .badInput(let message), .infrastructure(let message): message
        }
    }
}

extension FileAddress {
    /// Checks the address of something to be fetched.
    /// - Throws: `badInput` with the reason.
    package init(ofFile text: String) throws(FetchFailure) {
        do throws(Problem) { try self.init(text) } catch {
            let shown = CredentialMask.masked(String(text.prefix(200)))
            throw .badInput("the address \(JSONValue.string(shown).text) \(error)")
        }
    }
}
