import Execution
import HostSystem

extension ToolFacts {
    private static let patience: Int64 = 5_000
    private static let longestVersion = 60

    /// Looks for everything that bf may run.
    /// - Parameter searchPath: the value of `PATH`.
    static func probe(searchPath: String) -> [ToolFacts] {
        func tool(_ name: String, _ purpose: String, package: String, version: String? = nil) -> ToolFacts {
            ToolFacts(name: name, purpose: purpose, package: package, found: found(name, version, searchPath))
        }
        let clock = ToolFacts(
            name: "faketime", purpose: "bf-run verify builds again with the same clock", package: "faketime", found: ClockLibrary.path())
        return [
            tool("git", "sources from Git repositories cannot be fetched", package: "git", version: "--version"),
            tool("curl", "sources from addresses cannot be fetched", package: "curl", version: "--version"),
            tool("ssh", "Git repositories cannot be fetched over ssh", package: "openssh-client"),
            tool("dot", "bf-graph cannot draw SVG", package: "graphviz"),
            clock,
            tool("diffoscope", "bf-run verify cannot show what differs within files", package: "diffoscope"),
        ]
    }

    private static func found(_ name: String, _ version: String?, _ searchPath: String) -> String? {
        let environment = ["PATH=" + searchPath, "LC_ALL=C"]
        guard let path = try? ExecutableSearch.path(of: name, environment: environment) else { return nil }
        guard let version,
            let result = try? Subprocess.run(
                [path, version], environment: environment, limit: 64 << 10, deadline: Clock.boottimeMilliseconds + patience),
            let line = String(decoding: result.output, as: UTF8.self).split(separator: "\n").first
        else { return path }
        return String(line.prefix(longestVersion))
    }
}
