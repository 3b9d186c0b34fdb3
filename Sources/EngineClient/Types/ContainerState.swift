internal import FarmModel

/// What a container is doing.
public struct ContainerState: Sendable, Equatable {
    /// Whether it runs.
    public var isRunning: Bool
    /// The code it ended with; 0 while it runs.
    public var exitCode: Int
    /// Whether the kernel killed something of it for lack of memory.
    public var hasRunOutOfMemory: Bool
    /// What the daemon says of a failure of its own.
    public var error: String

    init(_ object: JSONObject) {
        let state = object["State"]
        isRunning = state?["Running"]?.bool ?? false
        exitCode = state?["ExitCode"]?.int.map { Int(clamping: $0) } ?? 0
        hasRunOutOfMemory = state?["OOMKilled"]?.bool ?? false
        error = EngineError.line(state?["Error"]?.string ?? "")
    }
}
