/// Who asked for a build, as far as can be told.
public struct Requester: Sendable, Hashable {
    /// The login name, or the name of a token.
    public var user: String?
    /// The user id.
    public var userID: Int64?
    /// The machine.
    public var host: String?
    /// The tool it was asked with, for instance `bf-submit`.
    public var tool: String?
    /// The network address it was asked from, if it came over a network.
    public var address: String?

    /// Describes whoever asks.
    public init(user: String? = nil, userID: Int64? = nil, host: String? = nil, tool: String? = nil, address: String? = nil) {
        self.user = user
        self.userID = userID
        self.host = host
        self.tool = tool
        self.address = address
    }

    /// Reads what ``json`` wrote.
    public init(_ object: JSONObject) {
        self.init(
            user: object["user"]?.string, userID: object["uid"]?.int, host: object["host"]?.string, tool: object["tool"]?.string,
            address: object["address"]?.string)
    }

    /// The `requester` of an attempt's record, and the `by` of an audit event.
    public var json: JSONObject {
        var object = JSONObject()
        object.add("user", user)
        object.add("uid", userID)
        object.add("host", host)
        object.add("tool", tool)
        object.add("address", address)
        return object
    }

    /// For people: `ann (uid 1000) on farm1 by bf-submit`.
    public var phrase: String {
        var text = user ?? "somebody"
        if let userID { text += " (uid \(userID))" }
        if let host { text += " on \(host)" }
        if let address { text += " from \(address)" }
        if let tool { text += " by \(tool)" }
        return text
    }
}
