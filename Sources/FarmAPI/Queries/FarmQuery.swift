public import FarmModel
public import FarmStore

/// A question, or a request, that a tool has for a farm behind a server: asked with one JSON value, answered with one.
///
/// The tools use them where records alone do not say enough. Their form may change with each version, so they are no interface for others.
public struct FarmQuery<Request: WireValue, Answer: WireValue>: AnyFarmQuery {
    /// Its name in the path.
    public let name: String
    private let run: @Sendable (any Farm, Request, QueryCaller) throws(FarmError) -> Answer

    init(_ name: String, _ run: @escaping @Sendable (any Farm, Request, QueryCaller) throws(FarmError) -> Answer) {
        self.name = name
        self.run = run
    }

    /// Answers it from a farm.
    public func answer(_ request: JSONValue, _ farm: any Farm, for caller: QueryCaller) throws(FarmError) -> JSONValue {
        try run(farm, Request(wire: request), caller).wire
    }
}

/// Who asks.
public struct QueryCaller: Sendable {
    /// What they may do.
    public var role: Role
    /// Whose builds are their own; nil where there are no keys.
    public var owner: String?
    /// How they are named in records and to administrators; nil where there are no keys.
    public var requester: Requester?

    /// Describes whoever asks.
    public init(role: Role, owner: String?, requester: Requester?) {
        self.role = role
        self.owner = owner
        self.requester = requester
    }
}

/// A question whatever its values are.
public protocol AnyFarmQuery: Sendable {
    /// Its name in the path.
    var name: String { get }

    /// Answers it from a farm.
    /// - Throws: `badInput` if the request is none; what the farm throws.
    func answer(_ request: JSONValue, _ farm: any Farm, for caller: QueryCaller) throws(FarmError) -> JSONValue
}

/// All questions and requests by their names.
public enum FarmQueries {
    /// What only reads.
    public static let reading = table(records + activity + explaining + history + [backends])
    /// What changes something.
    public static let requesting = table(requests + backendRequests)

    private static func table(_ queries: [any AnyFarmQuery]) -> [String: any AnyFarmQuery] {
        Dictionary(uniqueKeysWithValues: queries.map { ($0.name, $0) })
    }
}
