import Documents

/// The main package, or a subpackage for one entry of its range, with its variables.
struct ExpandedPackage: Sendable {
    /// Its name.
    var name: String
    /// Where the name stands.
    var position: DocumentPosition
    /// When it is made; nil means always.
    var condition: MelangeText?
    /// What it states.
    var facts: MelangeFacts
    /// What runs for it.
    var steps: [MelangeStep]
    /// How it is tested.
    var test: MelangeTestSection?
    /// The variables of all that it states.
    var scope: MelangeScope
}
