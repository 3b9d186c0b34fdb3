internal import FarmModel
internal import PackageFiles

/// `pc:` of the files of pkg-config, and of what they require.
struct PackageConfigurationRule: ScanRule {
    private static let folders: Set<String> = [
        "usr/lib/pkgconfig", "usr/lib64/pkgconfig", "usr/share/pkgconfig", "usr/local/lib/pkgconfig", "usr/local/share/pkgconfig",
    ]
    private static let sizeLimit = 256 << 10

    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) throws(FarmError) {
        for entry in package.tree.entries where entry.isFile && entry.path.hasSuffix(".pc") {
            let name = String(FilePath.name(of: entry.path).dropLast(3))
            guard DependencyText.isName(name) else { continue }
            guard Self.folders.contains(FilePath.parent(of: entry.path)) else {
                found.ownParts.insert("pc:\(name)")
                continue
            }
            found.provides.insert("pc:\(name)=\(package.body.version)")
            let file = PackageConfigurationFile(try package.text(of: entry, limit: Self.sizeLimit))
            found.dependencies.formUnion(file.requirements.map { "pc:\($0)" })
        }
    }
}
