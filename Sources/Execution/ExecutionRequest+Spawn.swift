import HostSystem

extension ExecutionRequest {
    /// Starts a process in the control groups of the request's slot, if it has any.
    func spawn(_ spawn: SpawnRequest) throws(SystemError) -> ChildProcess {
        guard let controlGroups else { return try SpawnThread.shared.spawn(spawn) }
        return try controlGroups.spawn(spawn)
    }
}
