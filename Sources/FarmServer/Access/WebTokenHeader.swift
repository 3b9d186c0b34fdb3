import FarmAPI
import FarmModel

/// What a JSON Web Token says of its own signature (RFC 7515 section 4).
struct WebTokenHeader: Equatable {
    /// How it is signed, as it says.
    let algorithm: String
    /// The name of the key; nil if it names none.
    let key: String?

    /// Reads the first part of a token; nil if that is none, or asks for something that must be understood and is not.
    init?(_ token: String) {
        guard let part = token.split(separator: ".", omittingEmptySubsequences: false).first, let bytes = Base64.bytes(ofURLText: part),
            let header = (try? JSONParser.parse(bytes: bytes))?.object, header["crit"] == nil, case .string(let algorithm) = header["alg"]
        else { return nil }
        self.algorithm = algorithm
        switch header["kid"] {
        case nil: key = nil
        case .string(let name): key = name
        default: return nil
        }
    }
}
