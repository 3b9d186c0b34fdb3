internal import FarmModel

/// A version of the Engine API.
public struct APIVersion: Sendable, Comparable {
    /// Before the dot.
    public var major: Int
    /// After it.
    public var minor: Int

    /// A version by its numbers.
    public init(major: Int, minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `1.41`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".").map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1], major >= 0, minor >= 0 else { return nil }
        self.init(major: major, minor: minor)
    }

    /// The older one first.
    public static func < (left: APIVersion, right: APIVersion) -> Bool { (left.major, left.minor) < (right.major, right.minor) }
}

/// What a daemon says of itself.
public struct EngineVersion: Sendable, Equatable {
    /// The two that serve this interface.
    public enum Product: String, Sendable {
        case dockerd, podman
    }

    /// Which of them it is.
    public var product: Product
    /// The product's version, for instance `20.10.24+dfsg1`.
    public var version: String
    /// The newest version of the API that it serves.
    public var api: APIVersion
    /// The oldest one.
    public var minimumAPI: APIVersion
    /// The processor in Go's words, for instance `amd64`.
    public var architecture: String

    /// Reads the answer of `GET /version`; nil if it names no version of the API.
    init?(_ object: JSONObject) {
        guard let api = object["ApiVersion"]?.string.flatMap({ APIVersion($0) }) else { return nil }
        self.api = api
        minimumAPI = object["MinAPIVersion"]?.string.flatMap { APIVersion($0) } ?? APIVersion(major: 1, minor: 12)
        let components = object["Components"]?.array?.compactMap { $0["Name"]?.string } ?? []
        product = components.contains { $0.hasPrefix("Podman") } ? .podman : .dockerd
        version = EngineError.line(object["Version"]?.string ?? "of an unknown version")
        architecture = object["Arch"]?.string ?? ""
    }
}
