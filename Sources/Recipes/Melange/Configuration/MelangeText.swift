import Documents

/// A text of a configuration, in which variables may stand, and where it begins.
struct MelangeText: Sendable {
    /// As it is written.
    var value: String
    /// Where it begins, for messages.
    var position: DocumentPosition
}

/// One entry of a mapping from names to texts.
struct MelangePair: Sendable {
    /// The name.
    var key: String
    /// Where the name begins.
    var position: DocumentPosition
    /// The text.
    var value: MelangeText
}
