internal import Glibc

/// This process as a whole.
public enum Processes {
    /// Becomes another program, with the same environment and open files.
    /// - Parameter arguments: With the program's name first.
    /// - Returns: Why it did not.
    public static func replace(_ path: String, arguments: [String]) -> SystemError {
        var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        execv(path, &strings)
        let code = errno
        for string in strings { free(string) }
        return SystemError(code: code, attempt: "execute", path: path)
    }
}
