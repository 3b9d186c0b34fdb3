/// What the operator says about files fetched by URL.
public struct URLSettings: Sendable {
    /// Variables for curl, as `NAME=value`: the search path, proxies and certificates.
    public var environment: [String] = FetchEnvironment.inherited
    /// The most bytes of a file.
    public var byteLimit: Int64 = 16 << 30
    /// How often a transfer is tried.
    public var tries = 4
    /// The wait before the second try, in milliseconds; it doubles with each further one.
    public var pauseMilliseconds: Int64 = 1_000
    /// The longest time in which nothing arrives, in seconds.
    public var stallSeconds = 60

    /// The settings that suit most.
    public init() {}
}
