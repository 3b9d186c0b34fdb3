/// One thing that a sandbox's file tree is made of, in the order of making.
enum SandboxMount: Equatable {
    /// A file or folder of the machine, read-only.
    case readOnly(String, at: String)
    /// A folder of the machine, writable.
    case writable(String, at: String)
    /// A symbolic link.
    case link(to: String, at: String)
    /// A folder, made where there is none.
    case folder(String)
    /// An empty folder that is gone with the sandbox.
    case temporary(String)
    /// A file whose content is read from a descriptor of bubblewrap's.
    case file(SandboxFile, descriptor: Int32)

    /// Where it is in the sandbox.
    var place: String {
        switch self {
        case .readOnly(_, let place), .writable(_, let place), .link(_, let place), .folder(let place), .temporary(let place): place
        case .file(let file, _): file.place
        }
    }

    /// bubblewrap's options.
    var options: [String] {
        switch self {
        case .readOnly(let path, let place): ["--ro-bind", path, place]
        case .writable(let path, let place): ["--bind", path, place]
        case .link(let target, let place): ["--symlink", target, place]
        case .folder(let place): ["--dir", place]
        case .temporary(let place): ["--tmpfs", place]
        case .file(let file, let descriptor): ["--perms", file.permissions, "--file", "\(descriptor)", file.place]
        }
    }
}

/// A file that exists only in the sandbox.
struct SandboxFile: Equatable {
    /// Where.
    var place: String
    /// Octal.
    var permissions = "0444"
    /// What is in it.
    var content: Content

    enum Content: Equatable {
        case bytes([UInt8])
        /// The addresses of name servers, known when the network is up: until then bubblewrap waits.
        case resolver
    }
}
