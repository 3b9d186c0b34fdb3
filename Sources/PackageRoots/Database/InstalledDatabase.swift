internal import AlpinePackage
internal import PackageFiles

/// The text of `/lib/apk/db/installed`, from which apk knows what is installed: for each package the lines of its entry in an index, then
/// `F:` for each folder, `M:` with owner, group and mode where they are not 0:0:755, `R:` for each file in it, `a:` where owner, group and
/// mode are not 0:0:644, and `Z:` with its checksum. Folders and files stand in the order of their names.
struct InstalledDatabase {
    let layout: RootLayout

    /// The whole text; a blank line ends each package.
    var text: String {
        let files = filesByPackage
        return layout.packages.indices.map { entry(of: $0, files[$0]) }.joined()
    }

    /// The files of each package, by folder.
    private var filesByPackage: [[Int: [LayoutNode]]] {
        var files = [[Int: [LayoutNode]]](repeating: [:], count: layout.packages.count)
        for node in layout.tree.nodes where node.content != .folder {
            if let package = node.package { files[package][node.parent, default: []].append(node) }
        }
        return files
    }

    private func entry(of package: Int, _ files: [Int: [LayoutNode]]) -> String {
        var text = PackageIndex().entry(of: layout.packages[package])
        while text.utf8.last == UInt8(ascii: "\n") { text.removeLast() }
        text += "\n"
        let folders = Set(layout.folders[package]).map { (path: layout.tree.path(of: $0), index: $0) }
        for folder in folders.sorted(by: { Self.precedes($0.path, $1.path) }) {
            text += "F:\(folder.path)\n"
            if folder.index != LayoutTree.root { text += Self.owners("M", layout.tree[folder.index], unless: 0o755) }
            for file in (files[folder.index] ?? []).sorted(by: { Self.precedes($0.name, $1.name) }) {
                text += "R:\(file.name)\n" + Self.owners("a", file, unless: 0o644)
                if let checksum = file.checksum { text += "Z:\(ControlChecksum.text(of: checksum))\n" }
            }
        }
        return text + "\n"
    }

    private static func precedes(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

    private static func owners(_ field: String, _ node: LayoutNode, unless usual: UInt32) -> String {
        if node.owner == 0, node.group == 0, node.mode == usual { return "" }
        return "\(field):\(node.owner):\(node.group):\(String(node.mode, radix: 8))\n"
    }
}
