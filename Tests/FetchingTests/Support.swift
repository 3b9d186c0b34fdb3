import Fetching
import Glibc
import HostSystem
import Testing

/// A folder for one test, removed with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "fetching-")
    }

    deinit { try? Files.removeTree(path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    @discardableResult
    func folder(_ name: String) throws -> String {
        try Files.makeFolders(self(name))
        return self(name)
    }

    @discardableResult
    func write(_ text: String, to name: String, mode: UInt32 = 0o644) throws -> String {
        try Files.writeAtomically(Array(text.utf8), to: self(name), mode: mode)
        return self(name)
    }

    func text(of name: String) throws -> String {
        String(decoding: try Files.readAll(self(name), limit: 1 << 20), as: UTF8.self)
    }

    /// All paths beneath, sorted; folders end with a slash, links with `@`.
    func listing(_ name: String = ".") throws -> [String] { try Self.listing(self(name), prefix: "") }

    private static func listing(_ folder: String, prefix: String) throws -> [String] {
        try Files.entries(of: folder).flatMap { entry in
            let path = prefix + (entry.name ?? "?")
            switch entry.type {
            case .folder: return [path + "/"] + (try listing("\(folder)/\(entry.name ?? "?")", prefix: path + "/"))
            case .symbolicLink: return [path + "@"]
            default: return [path]
            }
        }
    }
}

/// The environment that helper programs get.
let helperEnvironment = [
    "PATH=\(Environment.value("PATH") ?? "/usr/bin:/bin")", "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a",
    "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org", "LC_ALL=C.UTF-8",
]

/// A deadline that no working system reaches.
var farDeadline: Int64 { Clock.boottimeMilliseconds + 60_000 }

/// Runs a shell script to its successful end and gives its output without the last line end.
@discardableResult
func shell(_ script: String, _ arguments: [String] = [], in folder: String, input: [UInt8]? = nil) throws -> String {
    let result = try Subprocess.run(
        ["sh", "-ec", script, "sh"] + arguments, environment: helperEnvironment, workingDirectory: folder, input: input,
        deadline: farDeadline)
    try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
    let text = String(decoding: result.output, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
}

/// Collects the lines of a log.
final class LineLog {
    var lines: [String] = []
    var text: String { lines.joined(separator: "\n") }
}

/// What a fetch failed with; a test failure if it went well.
func failure<T>(_ body: () throws(FetchFailure) -> T) throws -> FetchFailure {
    do throws(FetchFailure) {
        let value = try body()
        Issue.record("succeeded with \(value)")
        return .stopped
    } catch {
        return error
    }
}

/// A server that lives as long as this object. Its script prints the port it listens on as its first line.
final class TestServer {
    let port: Int
    private let child: ChildProcess

    init(_ arguments: [String], in folder: String) throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        var request = SpawnRequest(arguments, environment: helperEnvironment)
        request.workingDirectory = folder
        request.standardOutput = writeEnd
        request.standardError = try Files.open(folder + "/server.log", [.write, .create, .append])
        request.diesWithParent = true
        child = try SpawnThread.shared.spawn(request)
        writeEnd.close()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n"), let bytes = try readEnd.read(atMost: 1), !bytes.isEmpty { line += bytes }
        port = try #require(Int(String(decoding: line.dropLast(), as: UTF8.self)), "the server did not start")
    }

    deinit {
        try? child.killSession()
        _ = try? child.wait()
    }
}
