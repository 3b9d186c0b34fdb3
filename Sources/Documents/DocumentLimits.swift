import FarmModel

/// How much a submission may ask for. Documents come from strangers: everything that could exhaust memory or time has a bound.
public struct DocumentLimits: Sendable {
    /// Bytes of one YAML file or one JSON record.
    public static let documentBytes = 10 << 20
    package static let documentSize = SizeText.text(bytes: Int64(documentBytes))
    /// Bytes of a stream of JSON records.
    public static let streamBytes = 256 << 20
    /// Nesting of lists and mappings.
    public static let depth = 64
    /// Aliases in a file.
    public static let aliases = 1000
    /// Lines of a file that begin with `%`, as directives do.
    public static let directives = 100
    /// Nodes of a file, each alias counted as all it stands for.
    public static let nodes = 1_000_000
    /// Bytes of all scalars of a file or of a document's matrix cells, each alias counted as all it stands for.
    public static let expandedBytes = 64 << 20
    package static let expandedSize = SizeText.text(bytes: Int64(expandedBytes))
    /// Jobs of a submission.
    public static let jobs = 100_000
    /// Needs of a job.
    public static let needs = 1000
    /// Needs of a submission.
    public static let edges = 2_000_000
    /// Cells of a document's matrix.
    public static let cells = 1000
    /// Phases of a job.
    public static let phases = 1000
    /// Elements of any other list or mapping.
    public static let elements = 1000
    /// Bytes of a name.
    public static let nameBytes = 200
    /// Bytes of a path, glob or URL.
    public static let pathBytes = 4096
    /// Bytes of a variable's value or an argument: what Linux takes as one string of `execve`.
    public static let argumentBytes = 131_071
    /// Bytes of a script.
    public static let scriptBytes = 1 << 20
    /// Errors that are collected before reading stops.
    public static let errors = 20
}
