import FarmModel

/// Who sends a request, as far as it is known.
struct Caller: Sendable, Equatable {
    /// The name in records and audit events: of a token, a certificate, a user; nil on a loopback address without a key.
    var name: String?
    /// What they may do.
    var role: Role
    /// Whose builds are their own.
    var owner: String?
    /// What their rate is counted under.
    var rateKey: String

    /// Whoever is on this machine.
    static let local = Caller(name: nil, role: .admin, owner: nil, rateKey: "")

    /// Whoever comes where anybody may: no route that needs a role is open to them.
    static let nobody = Caller(name: nil, role: .read, owner: nil, rateKey: "")

    /// For the records of what they ask for.
    func requester(address: String?) -> Requester { Requester(user: name, host: address, tool: "bf-serve") }
}
