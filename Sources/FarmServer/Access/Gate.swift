import FarmAPI
import FarmModel
import HTTPTypes
import Hummingbird

/// Lets requests in or turns them away.
struct Gate: Sendable {
    /// True where nobody may come in without a key.
    let needsKey: Bool

    /// - Parameter role: What the request needs; nil lets anybody in.
    /// - Throws: 401, 403 or 429.
    @discardableResult
    func admit(_ request: Request, _ context: FarmRequestContext, to role: Role?) throws(Problem) -> Caller {
        try Loopback.check(request)
        let caller = Caller.local
        if let role, caller.role < role {
            throw Problem(403, "forbidden", "this needs the role \(role.rawValue); the key has \(caller.role.rawValue)")
        }
        return caller
    }
}
