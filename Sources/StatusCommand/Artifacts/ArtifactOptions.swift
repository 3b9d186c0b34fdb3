internal import ArgumentParser
internal import ToolKit

/// What is asked of artifacts.
struct ArtifactOptions: ParsableArguments {
    @Flag(help: "List the artifacts of builds, jobs and digests.")
    var artifacts = false

    @Option(help: ArgumentHelp("The artifacts of the newest good result of this package.", valueName: "package"))
    var lastGood: String?

    @Flag(help: "With artifacts: list the files of their trees.")
    var files = false

    @Option(help: ArgumentHelp("With artifacts: only this file or folder of their trees.", valueName: "path"))
    var path: String?

    @Option(
        help: ArgumentHelp(
            "With artifacts: write them into this folder or .tar file, or to standard output for -.", valueName: "folder"),
        completion: .directory)
    var get: String?

    func validate() throws {
        guard !isAsked else { return }
        if get != nil { throw ValidationError("--get needs --artifacts or --last-good.") }
        if files { throw ValidationError("--files needs --artifacts or --last-good.") }
        if path != nil { throw ValidationError("--path needs --artifacts or --last-good.") }
    }

    /// The path, which people may end like a folder's.
    var pathWithoutSlash: String? { path.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }

    /// Whether artifacts are asked for.
    var isAsked: Bool { artifacts || lastGood != nil }
}
