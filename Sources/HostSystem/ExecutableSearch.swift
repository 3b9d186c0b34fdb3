internal import Glibc

/// Finds programs by name.
public enum ExecutableSearch {
    /// The path of a program that was installed with this one: beside it, else found as ``path(of:environment:)`` does.
    /// - Throws: `SystemError` `ENOENT` when there is none.
    public static func companion(_ name: String, environment: [String]) throws(SystemError) -> String {
        let own = try Host.executablePath()
        if let slash = own.lastIndex(of: "/") {
            let candidate = "\(own[..<slash])/\(name)"
            if access(candidate, X_OK) == 0 { return candidate }
        }
        return try path(of: name, environment: environment)
    }

    /// The path of a program: `name` itself where it has a slash, else the first executable file of that name in the `PATH` of `environment`.
    /// - Throws: `SystemError` `ENOENT` when there is none.
    public static func path(of name: String, environment: [String]) throws(SystemError) -> String {
        if name.utf8.contains(UInt8(ascii: "/")) { return name }
        let search = environment.first { $0.hasPrefix("PATH=") }?.dropFirst(5) ?? ""
        for folder in search.split(separator: ":") where !name.isEmpty {
            let candidate = "\(folder)/\(name)"
            if (try? Files.status(candidate, following: true))?.type == .regular && access(candidate, X_OK) == 0 { return candidate }
        }
        throw SystemError(code: ENOENT, attempt: "execute", path: name)
    }
}
