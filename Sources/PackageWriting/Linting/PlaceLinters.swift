internal import FarmModel
internal import PackageFiles

/// Files in places that do not belong to packages.
enum PlaceLinters {
    static let all: [Linter] = [
        folder("dev", .error, "dev", advice: "let udev create devices, or remove it"),
        folder("opt", .warning, "opt", exempt: ["-compat"], advice: "move it to /usr, or to a package named -compat"),
        folder("srv", .warning, "srv", exempt: ["-compat"], advice: "move it elsewhere, or to a package named -compat"),
        folder("usrlocal", .warning, "usr/local", exempt: ["-compat"], advice: "move it to /usr, or to a package named -compat"),
        folder("varempty", .error, "var/empty", advice: "remove it: services rely on that folder being empty"),
        infodir, sbom, tempdir, usrmerge,
    ]

    private static func folder(
        _ name: String, _ severity: LintFinding.Severity, _ folder: String, exempt: [String] = [], advice: String
    ) -> Linter {
        .paths(name, severity, exempt: exempt, "is in /\(folder)", advice: advice) { entry in
            entry.content != .folder && FilePath.isPath(entry.path, in: folder)
        }
    }

    private static let infodir = Linter.paths(
        "infodir", .error, "is an index of info pages, of which each package would have its own",
        advice: "remove it, for instance with the pipeline split/infodir"
    ) { $0.content != .folder && FilePath.isPath($0.path, in: "usr/share/info/dir") }

    private static let sbom = Linter.paths(
        "sbom", .warning, "is no SPDX document", advice: "leave the folder /var/lib/db/sbom to bills of materials"
    ) { $0.content != .folder && FilePath.parent(of: $0.path) == "var/lib/db/sbom" && !$0.path.hasSuffix(".spdx.json") }

    private static let tempdir = Linter(
        name: "tempdir", severity: .error, advice: "remove it; a file in /usr/lib/tmpfiles.d can have folders of /run made at each start"
    ) { package in
        let hasSettings = package.tree.entries.contains { $0.content != .folder && FilePath.isPath($0.path, in: "usr/lib/tmpfiles.d") }
        return package.tree.entries.filter { isTemporary($0, hasSettings: hasSettings) }.map {
            Linter.Fault(path: $0.path, text: "is in a folder for temporary files")
        }
    }

    private static func isTemporary(_ entry: PackageTree.Entry, hasSettings: Bool) -> Bool {
        let isFolder = entry.content == .folder
        if ["tmp", "var/tmp"].contains(where: { FilePath.isPath(entry.path, in: $0) }) { return !isFolder }
        if FilePath.isPath(entry.path, in: "var/run") { return entry.path != "var/run" }
        return FilePath.isPath(entry.path, in: "run") && entry.path != "run" && (!isFolder || !hasSettings)
    }

    private static let mergedFolders = ["bin", "sbin", "lib", "lib64", "usr/sbin"]

    private static let usrmerge = Linter.paths(
        "usrmerge", .error, "is in a folder that is only a link to /usr", advice: "move programs to /usr/bin and libraries to /usr/lib"
    ) { entry in
        guard let folder = mergedFolders.first(where: { FilePath.isPath(entry.path, in: $0) }) else { return false }
        if case .link = entry.content { return entry.path != folder }
        return true
    }
}
