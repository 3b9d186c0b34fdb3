import Documents
import FarmModel

/// What a package and a subpackage state in the same words.
struct MelangeFacts: Sendable {
    /// `description`
    var summary: MelangeText?
    /// `url`
    var url: MelangeText?
    /// `commit`
    var commit: MelangeText?
    /// `copyright`
    var copyrights: [MelangeCopyright] = []
    /// `dependencies`
    var dependencies = MelangeDependencies()
    /// `options`
    var options = PackageBody.Options()
    /// `scriptlets`, without the trigger's paths.
    var scriptlets: [PackageBody.Scriptlet: MelangeText] = [:]
    /// `scriptlets.trigger.paths`
    var triggerPaths: [MelangeText] = []
    /// `checks.disabled`
    var disabledLinters: [String] = []
    /// `annotations`
    var annotations: [MelangePair] = []
    /// `setcap`
    var capabilities: [MelangeFileCapabilities] = []
}

/// `dependencies`: the relations of a package to others.
struct MelangeDependencies: Sendable {
    /// `runtime`
    var runtime: [MelangeText] = []
    /// `provides`
    var provides: [MelangeText] = []
    /// `replaces`
    var replaces: [MelangeText] = []
    /// `provider-priority`
    var providerPriority: MelangeText?
    /// `replaces-priority`
    var replacesPriority: MelangeText?
}

/// One entry of `copyright`.
struct MelangeCopyright: Sendable {
    /// An SPDX expression.
    var license: MelangeText
    /// A file of the workspace that holds its text.
    var licensePath: MelangeText?
    /// Who holds it.
    var attestation: String?
    /// Globs of the files it is about.
    var paths: [MelangeText] = []
}

/// One entry of `setcap`: capabilities of a file.
struct MelangeFileCapabilities: Sendable {
    /// The file.
    var path: MelangeText
    /// What `add` says; the path of it is empty.
    var capabilities: FileCapabilities
}
