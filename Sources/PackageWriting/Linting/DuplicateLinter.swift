internal import FarmModel
internal import PackageFiles

/// Files with the same name and content in several folders.
enum DuplicateLinter {
    private struct Shape: Hashable {
        let name: String
        let size: Int64
    }

    private static let smallestSize: Int64 = 1_024

    static let linter = Linter(name: "duplicate", severity: .warning, advice: "make it a symbolic link") { package throws(FarmError) in
        let files = package.tree.entries.filter { $0.isFile && $0.size >= smallestSize && !isLicense(FilePath.name(of: $0.path)) }
        let groups = Dictionary(grouping: files) { Shape(name: FilePath.name(of: $0.path), size: $0.size) }
        var faults: [Linter.Fault] = []
        for group in groups.values where group.count > 1 { faults += try Self.faults(among: group, of: package.tree) }
        return faults.sorted { ($0.path ?? "") < ($1.path ?? "") }
    }

    /// Licences must lie where those who look for them do.
    private static func isLicense(_ name: String) -> Bool {
        ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE"].contains { name.uppercased().hasPrefix($0) }
    }

    private static func faults(among group: [PackageTree.Entry], of tree: PackageTree) throws(FarmError) -> [Linter.Fault] {
        var first: [Digest: String] = [:]
        var faults: [Linter.Fault] = []
        for entry in group {
            let digest = try tree.open(entry).digest()
            if let other = first[digest] {
                faults.append(Linter.Fault(path: entry.path, text: "is the same as /\(other)"))
            } else {
                first[digest] = entry.path
            }
        }
        return faults
    }
}
