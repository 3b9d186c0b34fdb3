internal import FarmModel
internal import PackageFiles

/// `cmd:` of programs in the folders where shells look for them.
struct CommandRule: ScanRule {
    private static let folders: Set<String> = ["bin", "sbin", "usr/bin", "usr/sbin"]

    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) {
        for entry in package.tree.entries where Self.isCommand(entry) {
            let name = FilePath.name(of: entry.path)
            if DependencyText.isName(name) { found.provides.insert("cmd:\(name)=\(package.body.version)") }
        }
    }

    /// All may read and execute it. Symbolic links are left to the package that has the program.
    private static func isCommand(_ entry: PackageTree.Entry) -> Bool {
        switch entry.content {
        case .file, .made, .hardLink: entry.mode & 0o555 == 0o555 && folders.contains(FilePath.parent(of: entry.path))
        case .folder, .link: false
        }
    }
}
