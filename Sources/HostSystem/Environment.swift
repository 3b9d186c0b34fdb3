internal import Glibc

/// The environment variables of this process.
public enum Environment {
    /// The value of a variable; nil when it is not set.
    public static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// All variables, as `NAME=value`.
    public static var all: [String] {
        var result: [String] = []
        var next = environ
        while let entry = next.pointee {
            result.append(String(cString: entry))
            next += 1
        }
        return result
    }
}
