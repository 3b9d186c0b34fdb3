internal import AsyncHTTPClient

/// A farm behind bf-serve.
public struct RemoteFarm: Sendable {
}
