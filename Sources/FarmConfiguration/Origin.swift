/// Where a configured value comes from.
public enum Origin: Sendable, Hashable, CustomStringConvertible {
    /// Nobody configured it.
    case usual
    /// A line of a file.
    case file(String, line: Int)
    /// An environment variable.
    case variable(String)
    /// An option of the command line.
    case flag(String)

    /// `default`, `FILE:LINE`, the variable or the option.
    public var description: String {
        switch self {
        case .usual: "default"
        case .file(let path, let line): "\(path):\(line)"
        case .variable(let name): name
        case .flag(let name): name
        }
    }
}
