/// A build of a Dockerfile by the daemon's own reader of them.
public struct DockerfileBuild: Sendable, Equatable {
    /// The Dockerfile's path below the folder `dockerfile` of the session.
    public var file = "Dockerfile"
    /// The stage that is made; nil for the last.
    public var target: String?
    /// Values of `ARG`.
    public var arguments: [String: String] = [:]
    /// Labels of the image.
    public var labels: [String: String] = [:]
    /// What it is made for; empty for the daemon's own platform.
    public var platforms: [Platform] = []
    /// The time of what is made, in seconds since 1970.
    public var sourceDateEpoch: Int64?
    /// Makes everything again.
    public var ignoresCache = false
    /// What its commands can reach.
    public var network = Execution.Network.usual
    /// Folders of the session that it knows by further names, for `COPY --from=NAME`; readers before version 1.4 take no notice.
    public var contexts: [String: String] = [:]
    /// How the names of images become digests.
    public var resolution = Operation.ImageResolution.usual

    /// A file `Dockerfile`, its last stage.
    public init() {}

    /// The names of the folders that the daemon asks for.
    public static let contextFolder = "context"
    /// See ``contextFolder``.
    public static let fileFolder = "dockerfile"

    /// The reader's settings.
    var attributes: [String: String] {
        var attributes = ["filename": file]
        if let target { attributes["target"] = target }
        for (name, value) in arguments { attributes["build-arg:\(name)"] = value }
        for (name, value) in labels { attributes["label:\(name)"] = value }
        for (name, folder) in contexts { attributes["context:\(name)"] = "local:\(folder)" }
        if let sourceDateEpoch, arguments["SOURCE_DATE_EPOCH"] == nil { attributes["build-arg:SOURCE_DATE_EPOCH"] = "\(sourceDateEpoch)" }
        if !platforms.isEmpty { attributes["platform"] = platforms.map(\.description).joined(separator: ",") }
        switch network {
        case .usual: break
        case .none: attributes["force-network-mode"] = "none"
        case .host: attributes["force-network-mode"] = "host"
        }
        if ignoresCache { attributes["no-cache"] = "" }
        if resolution != .usual { attributes["image-resolve-mode"] = resolution.rawValue }
        return attributes
    }
}
