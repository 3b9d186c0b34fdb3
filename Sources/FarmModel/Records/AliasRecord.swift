/// The name that a dialect has for a build or job; ours are never shown to its clients.
public struct AliasRecord<Kind: IdentifierKind>: Sendable, Hashable {
    /// The interface that the name belongs to, for instance `melange`.
    public var dialect: String
    /// The name.
    public var text: String
    /// What it names.
    public var target: Identifier<Kind>

    /// Creates a record.
    public init(dialect: String, text: String, target: Identifier<Kind>) {
        self.dialect = dialect
        self.text = text
        self.target = target
    }
}
