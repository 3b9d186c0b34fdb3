internal import Documents

/// Where the value of a secret comes from.
public enum SecretSource: Sendable, Equatable {
    /// The content of a file.
    case file(String)
    /// What a program prints; started without a shell.
    case command([String])
    /// A credential that systemd gave to the service.
    case credential(String)

    /// For people: the kind and the place, never a value. Of a command only the program, as arguments may be confidential.
    public var summary: String {
        switch self {
        case .file(let path): "file \(path)"
        case .command(let arguments): "command \(arguments.first ?? "")" + (arguments.count > 1 ? " …" : "")
        case .credential(let name): "credential \(name)"
        }
    }
}

/// A secret that was configured.
public struct ConfiguredSecret: Sendable, Equatable {
    /// Where its value comes from.
    public var source: SecretSource
    /// Where that was said.
    public var origin: Origin
}

extension NodeReader {
    private static let kinds: KeyList = ["file", "command", "credential"]

    /// `{file: PATH}`, `{command: [ARGUMENT…]}` or `{credential: NAME}`.
    mutating func secret(_ node: DocumentNode, _ name: String) -> SecretSource? {
        let expectation = "a mapping with file, command or credential"
        guard let fields = fields(node, "secrets.\(name)", allowed: Self.kinds, expectation: expectation) else { return nil }
        exclude(fields, "file", "command", "credential")
        if let file = fields["file"] { return absolutePath(file, "file").map { .file($0) } }
        if let command = fields["command"] { return arguments(command).map { .command($0) } }
        if let credential = fields["credential"] { return string(credential, "credential", rule: .identifier).map { .credential($0) } }
        expected(expectation, node, "secrets.\(name)")
        return nil
    }

    private mutating func arguments(_ node: DocumentNode) -> [String]? {
        guard case .list(let elements) = node.value, !elements.isEmpty, elements.count <= DocumentLimits.elements else {
            expected("a list of a program and its arguments", node, "command")
            return nil
        }
        var arguments: [String] = []
        for element in elements {
            guard let argument = scalar(element, "command", limit: DocumentLimits.argumentBytes) else { return nil }
            arguments.append(argument)
        }
        return arguments
    }
}
