import Documents

/// One entry of `subpackages`, its range not expanded.
struct MelangeSubpackage: Sendable {
    /// `name`
    var name: MelangeText
    /// `range`: the list of `data` that it is repeated over.
    var range: MelangeText?
    /// `if`
    var condition: MelangeText?
    /// `pipeline`
    var steps: [MelangeStep] = []
    /// What packages state too.
    var facts = MelangeFacts()
    /// `test`
    var test: MelangeTestSection?
}

/// `test` of a package or subpackage.
struct MelangeTestSection: Sendable {
    /// `environment`
    var environment = MelangeEnvironment()
    /// `pipeline`
    var steps: [MelangeStep] = []
}

/// One entry of `var-transforms`.
struct MelangeTransform: Sendable {
    /// The text that is changed.
    var source: MelangeText
    /// A regular expression in RE2's syntax.
    var pattern: MelangeText
    /// What takes the place of each match; `$1` and `${1}` mean groups.
    var replacement: MelangeText
    /// The variable that gets the result, without `vars.`.
    var name: MelangeText
}
