/// What makes a job the same job in another build: its name, architecture and matrix cell.
public struct JobIdentity: Sendable, Hashable, CustomStringConvertible {
    /// The document's name; unique within a build together with the other two.
    public var name: String
    /// The architecture the job builds for.
    public var architecture: Architecture
    /// The other axes of the matrix, axis to value; empty without a matrix.
    public var cell: [String: String]

    /// Creates an identity.
    public init(name: String, architecture: Architecture, cell: [String: String] = [:]) {
        self.name = name
        self.architecture = architecture
        self.cell = cell
    }

    /// The cell as `axis=value` pairs joined by commas, sorted by axis; empty without a matrix.
    public var cellText: String {
        cell.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    /// The name, with `@architecture` where it is not this machine's and `[axis=value]` where there is a matrix.
    public var description: String {
        let place = architecture == .native ? "" : "@\(architecture)"
        return name + place + (cell.isEmpty ? "" : "[\(cellText)]")
    }
}
