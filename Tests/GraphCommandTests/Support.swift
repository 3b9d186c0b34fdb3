import FarmModel
import HostSystem
import ToolKit

/// A tool's streams as files in memory.
struct Streams {
    let output: Descriptor
    let error: Descriptor
    private(set) var context: ToolContext

    init(name: String = "bf-graph", input: String = "", environment: [String: String] = ["LANG": "C.UTF-8"]) throws {
        output = try .inMemory([])
        error = try .inMemory([])
        context = ToolContext(
            name: name, input: try .inMemory(Array(input.utf8)), output: StandardOutput(output), error: error,
            environment: { environment[$0] })
    }

    /// The same with another standard output.
    func with(output: StandardOutput) -> Streams {
        var copy = self
        copy.context.output = output
        return copy
    }

    /// What was written to standard output.
    var written: String { get throws { String(decoding: try output.read(atMost: 1 << 24, at: 0), as: UTF8.self) } }

    /// What was written to standard error.
    var said: String { get throws { String(decoding: try error.read(atMost: 1 << 20, at: 0), as: UTF8.self) } }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
    let path: String

    init() throws { path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "graph-") }

    deinit { try? Files.removeTree(path) }

    func write(_ name: String, _ text: String) throws {
        try Files.open("\(path)/\(name)", [.write, .create, .truncate]).writeAll(Array(text.utf8))
    }
}
