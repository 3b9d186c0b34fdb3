internal import CHostSystem
internal import Glibc

/// Starts processes from the calling thread.
public enum ProcessSpawner {
    /// Starts a process. On return it has executed its program: a failure to do so is thrown here.
    ///
    /// With `diesWithParent` the child dies with the calling *thread*; long-lived programs use `SpawnThread` for that.
    /// - Throws: `SystemError` that names the step that failed.
    public static func spawn(_ request: SpawnRequest) throws(SystemError) -> ChildProcess {
        try spawn(request, through: bf_spawn)
    }

    typealias Call = (UnsafePointer<bf_spawn_request>, UnsafeMutablePointer<bf_spawn_result>) -> Int32

    static func spawn(_ request: SpawnRequest, through call: Call) throws(SystemError) -> ChildProcess {
        let executable = try ExecutableSearch.path(of: request.arguments.first ?? "", environment: request.environment)
        try refuseZeroBytes(request)
        let mappings = try descriptorMappings(request)
        var result = bf_spawn_result(pid: -1, pidfd: -1, step: 0, detail: 0)
        let code = withRawRequest(request, executable, mappings) { call($0, &result) == 0 ? 0 : errno }
        if code != 0 { throw failure(code, result, request, executable) }
        return ChildProcess(identifier: result.pid, handle: Descriptor(owning: result.pidfd))
    }

    private static func refuseZeroBytes(_ request: SpawnRequest) throws(SystemError) {
        let lists = [
            request.arguments, request.environment, request.controlGroupFiles, [request.workingDirectory ?? ""], overlay(request),
        ]
        let texts = lists.joined()
        guard texts.allSatisfy({ !$0.utf8.contains(0) }) else {
            throw SystemError(code: EINVAL, attempt: "pass a zero byte to", path: request.arguments.first)
        }
    }

    private static func descriptorMappings(_ request: SpawnRequest) throws(SystemError) -> [bf_descriptor_mapping] {
        let standard = [request.standardInput, request.standardOutput, request.standardError]
        var mappings = standard.enumerated().map { bf_descriptor_mapping(source: $1?.openNumber ?? -1, target: Int32($0)) }
        for passed in request.passed.sorted(by: { $0.target < $1.target }) {
            guard let last = mappings.last, passed.target > last.target, passed.descriptor.number >= 0 else {
                throw SystemError(code: EBADF, attempt: "pass descriptor \(passed.target) to", path: request.arguments.first)
            }
            mappings.append(bf_descriptor_mapping(source: passed.descriptor.number, target: passed.target))
        }
        return mappings
    }

    private static func withRawRequest(
        _ request: SpawnRequest, _ executable: String, _ mappings: [bf_descriptor_mapping],
        _ body: (UnsafePointer<bf_spawn_request>) -> Int32
    ) -> Int32 {
        let texts = CStringArrays([
            request.arguments, request.environment, request.controlGroupFiles, [executable], request.workingDirectory.map { [$0] } ?? [],
            overlay(request),
        ])
        defer { withExtendedLifetime((texts, request)) {} }
        let limits = request.limits.map { bf_resource_limit(resource: $0.resource.number, soft: $0.soft, hard: $0.hard) }
        return mappings.withUnsafeBufferPointer { mappings in
            limits.withUnsafeBufferPointer { limits in
                var raw = bf_spawn_request()
                raw.path = UnsafePointer(texts.array(3)[0])
                raw.arguments = texts.array(0)
                raw.environment = texts.array(1)
                raw.working_directory = UnsafePointer(texts.array(4)[0])
                raw.descriptors = mappings.baseAddress
                raw.descriptor_count = Int32(mappings.count)
                raw.limits = limits.baseAddress
                raw.limit_count = Int32(limits.count)
                raw.cgroup_files = texts.array(2)
                raw.cgroup_file_count = Int32(request.controlGroupFiles.count)
                raw.cgroup = request.controlGroup?.number ?? -1
                raw.starts_in_cgroup = request.controlGroup == nil ? 0 : 1
                raw.oom_score = Int32(clamping: request.outOfMemoryScore ?? 0)
                raw.sets_oom_score = request.outOfMemoryScore == nil ? 0 : 1
                raw.umask = request.fileModeMask
                raw.one_processor = request.usesOneProcessor ? 1 : 0
                raw.new_session = request.startsSession ? 1 : 0
                raw.takes_terminal = request.takesTerminal ? 1 : 0
                raw.parent_death_signal = request.diesWithParent ? SIGKILL : 0
                guard request.overlay != nil else { return body(&raw) }
                let overlay = bf_overlay(options: texts.array(5)[0], target: texts.array(5)[1])
                return withUnsafePointer(to: overlay) {
                    raw.overlay = $0
                    return body(&raw)
                }
            }
        }
    }

    private static func overlay(_ request: SpawnRequest) -> [String] { request.overlay.map { [$0.options, $0.target] } ?? [] }

    private static func failure(
        _ code: Int32, _ result: bf_spawn_result, _ request: SpawnRequest, _ executable: String
    ) -> SystemError {
        let detail = Int(result.detail)
        switch bf_spawn_step(rawValue: UInt32(bitPattern: result.step)) {
        case BF_SPAWN_CGROUP:
            return SystemError(code: code, attempt: "enter the control group", path: request.controlGroupFiles[detail])
        case BF_SPAWN_OVERLAY: return SystemError(code: code, attempt: "mount an overlay at", path: request.overlay?.target)
        case BF_SPAWN_PARENT_DEATH: return SystemError(code: code, attempt: "bind to its parent", path: executable)
        case BF_SPAWN_SESSION: return SystemError(code: code, attempt: "start a session for", path: executable)
        case BF_SPAWN_OOM_SCORE: return SystemError(code: code, attempt: "set the out-of-memory score of", path: executable)
        case BF_SPAWN_WORKING_DIRECTORY: return SystemError(code: code, attempt: "change directory to", path: request.workingDirectory)
        case BF_SPAWN_DESCRIPTORS_STEP: return SystemError(code: code, attempt: "arrange the descriptors of", path: executable)
        case BF_SPAWN_TERMINAL: return SystemError(code: code, attempt: "give the terminal to", path: executable)
        case BF_SPAWN_PROCESSOR: return SystemError(code: code, attempt: "choose the processor of", path: executable)
        case BF_SPAWN_LIMITS:
            return SystemError(code: code, attempt: "set the limit \(request.limits[detail].resource) of", path: executable)
        case BF_SPAWN_EXECUTE: return SystemError(code: code, attempt: "execute", path: executable)
        default: return SystemError(code: code, attempt: "create a process for", path: executable)
        }
    }
}
