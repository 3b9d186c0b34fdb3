internal import FarmModel
internal import PackageFiles

/// What shows the pages of a package of documentation.
struct DocumentationRule: ScanRule {
    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) {
        guard package.body.name.hasSuffix("-doc") else { return }
        for entry in package.tree.entries {
            switch FilePath.parent(of: entry.path) {
            case "usr/share/man": found.dependencies.insert("man-db")
            case "usr/share/info": found.dependencies.insert("texinfo")
            default: continue
            }
        }
    }
}
