public import Execution
public import FarmModel

/// Makes the executors of backends; one of them keeps its connection for all the jobs of a backend.
public enum RemoteExecutors {
    /// - Throws: `configuration` if the address or the files for TLS cannot be used, `usage` for a kind that is no daemon.
    public static func make(for backend: BackendRecord) throws(FarmError) -> any RemoteExecutor {
        switch backend.kind {
        case .buildkit: return try BuildKitExecutor(backend)
        case .engine: return try EngineExecutor(backend)
        case .sandbox: throw FarmError(.usage, "\(backend.address) is no daemon but the runners' own machine")
        }
    }
}
