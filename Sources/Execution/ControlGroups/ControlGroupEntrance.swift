internal import HostSystem

/// Starts processes in the groups of one slot.
///
/// Moving a process into a group makes it wait for all processors, for milliseconds; a process that is created in its group does not wait.
/// So in version 1, where children inherit the groups of the thread that starts them, a thread lives in the groups; in version 2 the kernel
/// creates the child there.
struct ControlGroupEntrance {
    private let spawner: SpawnThread
    private let second: Descriptor?
    /// What the child has to enter by itself.
    private let files: [String]

    init(_ layout: ControlGroupLayout, name: String) {
        let first = layout.firstParents.map { "\($0)/\(name)" }
        var files: [String] = []
        if let thread = try? SpawnThread(entering: first.map { $0 + "/tasks" }) {
            spawner = thread
        } else {
            spawner = .shared
            files = first.map { $0 + "/cgroup.procs" }
        }
        let folder = layout.second.map { "\($0)/\(name)" }
        second = SpawnRequest.supportsControlGroup ? folder.flatMap { try? Files.open($0, [.read, .folder]) } : nil
        if second == nil, let folder { files.append(folder + "/cgroup.procs") }
        self.files = files
    }

    func spawn(_ request: SpawnRequest) throws(SystemError) -> ChildProcess {
        var request = request
        request.controlGroup = second
        request.controlGroupFiles = files
        return try spawner.spawn(request)
    }
}
