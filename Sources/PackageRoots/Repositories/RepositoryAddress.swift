internal import FarmModel

/// Where a repository lies, checked.
enum RepositoryAddress: Sendable, Equatable {
    /// `https://…` or `http://…`, without a slash at its end.
    case remote(String)
    /// A folder of this machine, absolute.
    case folder(String)

    /// Reads an address.
    init(_ text: String) throws(EnvironmentFailure) {
        var trimmed = text[...]
        while trimmed.utf8.last == UInt8(ascii: "/"), trimmed.utf8.count > 1 { trimmed = trimmed.dropLast() }
        if trimmed.hasPrefix("https://") || trimmed.hasPrefix("http://") {
            self = .remote(String(trimmed))
        } else if trimmed.isAbsolutePath {
            self = .folder(String(trimmed))
        } else {
            let shown = JSONValue.string(String(text.prefix(200))).text
            throw EnvironmentFailure(.badInput, "the repository \(shown) is neither https://… nor an absolute path")
        }
    }

    /// A file of the repository for an architecture.
    func file(_ name: String, _ architecture: Architecture) -> String {
        switch self {
        case .remote(let base), .folder(let base): "\(base)/\(architecture.name)/\(name)"
        }
    }
}
