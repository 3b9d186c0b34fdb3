import FarmAPI
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Without keys only requests that name a loopback host and carry no foreign origin are answered: a web page elsewhere can make a browser on
/// this machine send requests here, under its own name or a rebound one.
enum Loopback {
    /// - Throws: 403.
    static func check(_ request: Request) throws(Problem) {
        guard let host = request.head.authority, isLoopback(host) else {
            throw Problem(403, "foreign_host", "the Host of a request without a key must be a loopback address, for instance 127.0.0.1")
        }
        if let origin = request.headers[.origin], !isLoopback(origin: origin) {
            throw Problem(403, "foreign_origin", "requests from the origin of another site are not answered without a key")
        }
    }

    static func isLoopback(origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) { return isLoopback(String(origin.dropFirst(scheme.count))) }
        return false
    }

    /// The names and addresses of this machine's loopback, with or without a port.
    static func isLoopback(_ authority: String) -> Bool {
        if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.count == 1 || parts[1].allSatisfy(\.isNumber) else { return false }
        let name = parts[0].lowercased()
        if name == "localhost" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.allSatisfy { $0 != nil } && numbers[0] == 127
    }
}
