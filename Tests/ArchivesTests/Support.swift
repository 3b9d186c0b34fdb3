import Archives
import HostSystem
import Testing

/// A folder for one test, removed with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "archives-")
    }

    deinit { try? Files.removeTree(path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    func text(of name: String) throws -> String {
        String(decoding: try Files.readAll(self(name), limit: 1 << 20), as: UTF8.self)
    }

    /// Each path beneath with its kind and, links excepted, its mode; sorted.
    func listing(_ name: String) throws -> [String] { try Self.listing(self(name), prefix: "") }

    private static func listing(_ folder: String, prefix: String) throws -> [String] {
        try Files.entries(of: folder).flatMap { entry in
            let name = entry.name ?? "?"
            let path = prefix + name
            let mode = String(try Files.status("\(folder)/\(name)").permissions, radix: 8)
            switch entry.type {
            case .folder: return ["\(path)/ \(mode)"] + (try listing("\(folder)/\(name)", prefix: path + "/"))
            case .symbolicLink: return ["\(path) -> \(String(decoding: try Files.linkTarget("\(folder)/\(name)"), as: UTF8.self))"]
            default: return ["\(path) \(mode)"]
            }
        }
    }
}

/// Runs a Python program to its successful end.
func python(_ program: String, in folder: String) throws {
    let result = try Subprocess.run(
        ["python3", "-c", program], environment: ["PATH=\(Environment.value("PATH") ?? "/usr/bin:/bin")", "LC_ALL=C.UTF-8"],
        workingDirectory: folder, deadline: Clock.boottimeMilliseconds + 60_000)
    try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
}

/// What unpacking failed with; a test failure if it went well.
func failure(_ body: () throws(UnpackFailure) -> UnpackSummary) throws -> UnpackFailure {
    do throws(UnpackFailure) {
        Issue.record("unpacked \(try body())")
        return .stopped
    } catch {
        return error
    }
}
