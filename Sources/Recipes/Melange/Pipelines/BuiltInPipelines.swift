/// The pipelines that a melange configuration may use without bringing them along.
///
/// Names, inputs, defaults and effects are those of melange
/// (https://github.com/chainguard-dev/melange/tree/main/pkg/build/pipelines) and of Wolfi
/// (https://github.com/wolfi-dev/os/tree/main/pipelines); the texts are our own. Their scripts are for any POSIX shell.
/// `fetch` and `git-checkout` are no texts: the farm fetches sources itself.
public enum BuiltInPipelines {
    /// The text of a pipeline, in melange's YAML; nil if none has this name.
    /// - Parameter name: As after `uses:`, such as `split/dev`.
    public static func text(_ name: String) -> String? { texts[name] }

    /// The names of all of them, sorted.
    public static var names: [String] { texts.keys.sorted() }

    /// The texts by name, a family each.
    static let families: [[String: String]] = [
        autoconf, bump, cargo, cmake, coverage, git, go, goModules, maven, meson, npm, patching, perl, php, py, python, r, ruby,
        splitBinaries, splitDevelopment, splitDocumentation, strip,
        testContents, testDaemon, testPackages, testPrograms, testServices,
        toolBinaries, toolFiles, toolPackages, toolShell, toolSources,
    ]

    private static let texts = families.reduce(into: [String: String]()) { $0.merge($1) { first, _ in first } }
}
