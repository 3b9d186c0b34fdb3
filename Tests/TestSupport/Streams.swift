public import HostSystem
public import ToolKit

/// A tool's streams as files in memory.
public struct Streams {
    /// What it prints.
    public let output: Descriptor
    /// What it says.
    public let error: Descriptor
    /// What the tool is run in.
    public private(set) var context: ToolContext

    /// - Parameters:
    ///   - name: The tool's name.
    ///   - input: What stands on standard input.
    ///   - environment: All its variables.
    public init(name: String = "bf-test", input: String = "", environment: [String: String] = ["LANG": "C.UTF-8"]) throws {
        output = try .inMemory([])
        error = try .inMemory([])
        context = ToolContext(
            name: name, input: try .inMemory(Array(input.utf8)), output: StandardOutput(output), error: error,
            environment: { environment[$0] })
    }

    /// The same with another standard output.
    public func with(output: StandardOutput) -> Streams {
        var copy = self
        copy.context.output = output
        return copy
    }

    /// What was written to standard output.
    public var written: String { get throws { String(decoding: try output.read(atMost: 1 << 24, at: 0), as: UTF8.self) } }

    /// What was written to standard error.
    public var said: String { get throws { String(decoding: try error.read(atMost: 1 << 20, at: 0), as: UTF8.self) } }
}
