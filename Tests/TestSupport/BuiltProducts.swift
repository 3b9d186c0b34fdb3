public import HostSystem

/// Where the programs lie that were built together with the running tests.
public enum BuiltProducts {
    /// The path of a program, found beside the test bundle that this process has mapped.
    public static func path(of program: String) throws(SystemError) -> String {
        let maps = String(decoding: try Files.readAll("/proc/self/maps", limit: 16 << 20), as: UTF8.self)
        for line in maps.split(separator: "\n") where line.hasSuffix(".xctest") {
            guard let start = line.firstIndex(of: "/"), let end = line.lastIndex(of: "/") else { continue }
            return line[start..<end] + "/" + program
        }
        throw SystemError(code: 2, attempt: "find the program", path: program)
    }
}
