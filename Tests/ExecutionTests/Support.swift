import FarmModel
import FarmStore
import Glibc
import HostSystem
import Testing

@testable import Execution

/// The folders of one attempt and what runs in them, removed with it.
final class TestAttempt {
    let folder: String
    let workspace: Workspace
    var request: ExecutionRequest
    let stop: StopRequest
    var secrets: [[UInt8]] = []
    private(set) var started: [StartedProcess] = []

    init(_ script: String = "", isolation: Isolation = .sandbox, in folder: String? = nil) throws {
        if let folder { try Files.makeFolder(folder) }
        self.folder = try folder ?? Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "execution-")
        workspace = Workspace(path: self.folder + "/work")
        try workspace.create()
        request = ExecutionRequest(plan: .of(script), isolation: isolation, workspace: workspace)
        request.grace.signalMilliseconds = 300
        request.grace.cleanupMilliseconds = 2_000
        stop = try StopRequest()
    }

    deinit { try? Files.removeTree(folder) }

    func run(onStart: (StartedProcess) -> Void = { _ in }) throws -> ExecutionOutcome {
        let writer = LogWriter(
            path: folder + "/1.log", indexPath: folder + "/1.idx", secrets: request.secrets.map(\.value),
            limit: request.plan.limits.logBytes)
        let executor: any Executor = request.isolation == .sandbox ? SandboxExecutor() : DirectExecutor()
        request.start = Clock.boottimeMilliseconds
        return executor.execute(request, log: writer, stop: stop) {
            started.append($0)
            onStart($0)
        }
    }

    /// What was printed; a job that printed nothing has no file.
    var log: String {
        get throws {
            guard try Files.statusIfPresent(folder + "/1.log") != nil else { return "" }
            return String(decoding: try Files.readAll(folder + "/1.log", limit: 16 << 20), as: UTF8.self)
        }
    }

    func output(_ name: String) throws -> String {
        String(decoding: try Files.readAll("\(workspace.out)/\(name)", limit: 1 << 20), as: UTF8.self)
    }
}

extension Plan {
    static func of(_ script: String) -> Plan { of([Phase(name: "main", command: .script(script))]) }

    static func of(_ phases: [Phase]) -> Plan { Plan(architecture: .native, phases: phases) }
}

extension ExecutionOutcome {
    var failure: ExecutionFailure? {
        if case .failed(let failure) = result { failure } else { nil }
    }
}

/// Waits until something holds. Returns false only after a time that no working system needs.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let limit = Clock.boottimeMilliseconds + 20_000
    while Clock.boottimeMilliseconds < limit {
        if try condition() { return true }
        usleep(2_000)
    }
    return try condition()
}

/// Processes whose command line holds a text.
func processes(with text: String) -> [Int32] {
    ((try? Files.entries(of: "/proc")) ?? []).compactMap { entry in
        guard let name = entry.name, let number = Int32(name), number != getpid(),
            let bytes = try? Files.readAll("/proc/\(name)/cmdline", limit: 1 << 20),
            String(decoding: bytes, as: UTF8.self).contains(text), ProcessIdentity(of: number)?.isAlive == true
        else { return nil }
        return number
    }
}

/// Programs of the machine in a root, and their libraries.
func copyPrograms(_ names: [String], to root: String) throws {
    let programs = names.map { "/bin/\($0)" }
    let listed = try Subprocess.run(["/usr/bin/ldd"] + programs, environment: [], deadline: Clock.boottimeMilliseconds + 60_000)
    let words = String(decoding: listed.output, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
    for path in Set(programs + words.filter { $0.hasPrefix("/") && !$0.hasSuffix(":") }) {
        try Files.makeFolders(root + path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try Files.copy(from: try Files.open(path), to: try Files.open(root + path, [.write, .create], mode: 0o755))
    }
}
