/// One job as submitted: what the graph, the store and the scheduler need to know, and the document for its recipe.
///
/// A spec is self-contained: its matrix is expanded and `document` is the normalised JSON of one `spec` record.
public struct JobSpec: Sendable, Equatable {
    /// Name, architecture and matrix cell.
    public var identity: JobIdentity
    /// The version that the document states, if any.
    public var version: String?
    /// The jobs whose trees this one uses.
    public var needs: [Need]
    /// Labels that a runner or backend must all have, as `key` or `key=value`, sorted.
    public var labels: [String]
    /// Larger goes first; 0 unless stated.
    public var priority: Int
    /// Which failures are tried again, and how often.
    public var retry: RetryPolicy
    /// The recipe that understands the document, for instance `script`.
    public var recipe: String
    /// The normalised document: one `spec` record.
    public var document: JSONObject
    /// The folder that relative local sources are read from; nil when local sources are not allowed.
    public var base: String?
    /// Where the document was read.
    public var origin: DocumentOrigin?

    /// Creates a spec.
    public init(
        identity: JobIdentity, version: String? = nil, needs: [Need] = [], labels: [String] = [], priority: Int = 0,
        retry: RetryPolicy = RetryPolicy(), recipe: String, document: JSONObject, base: String? = nil, origin: DocumentOrigin? = nil
    ) {
        self.identity = identity
        self.version = version
        self.needs = needs
        self.labels = labels
        self.priority = priority
        self.retry = retry
        self.recipe = recipe
        self.document = document
        self.base = base
        self.origin = origin
    }
}

/// A place in a document.
public struct DocumentOrigin: Sendable, Hashable, CustomStringConvertible {
    /// The file's path as given, or `-` for standard input.
    public var file: String
    /// Counted from 1.
    public var line: Int

    /// Creates a place.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// `file:line`
    public var description: String { "\(file):\(line)" }
}
