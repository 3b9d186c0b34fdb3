internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// Writes a layout into a folder: packages' files as hard links, everything else anew.
struct RootWriter {
    let layout: RootLayout
    /// The folders with the files of the packages, by the packages' numbers.
    let sources: [String]
    /// The time of folders and of what is written anew, in seconds since 1970.
    let seconds: Int64
    let context: FetchContext
    /// What is in each folder, in the order of names.
    private let children: [[Int]]

    init(_ layout: RootLayout, sources: [String], seconds: Int64, _ context: FetchContext) {
        (self.layout, self.sources, self.seconds, self.context) = (layout, sources, seconds, context)
        var children = [[Int]](repeating: [], count: layout.tree.nodes.count)
        for index in layout.tree.nodes.indices.dropFirst() { children[layout.tree[index].parent].append(index) }
        self.children = children.map { indices in
            indices.sorted { layout.tree[$0].name.utf8.lexicographicallyPrecedes(layout.tree[$1].name.utf8) }
        }
    }

    /// Writes everything into an empty folder.
    func write(into path: String) throws(EnvironmentFailure) {
        let folder = try EnvironmentFailure.system { () throws(SystemError) in try Files.open(path, [.read, .folder, .noFollow]) }
        try write(LayoutTree.root, into: folder)
        try EnvironmentFailure.system { () throws(SystemError) in
            try folder.setPermissions(layout.tree[LayoutTree.root].mode)
            try Files.setTimes(path, seconds: seconds)
        }
    }

    private func write(_ index: Int, into folder: Descriptor) throws(EnvironmentFailure) {
        try context.check()
        for child in children[index] {
            if layout.tree[child].content == .folder {
                try writeFolder(child, into: folder)
            } else {
                do throws(SystemError) { try write(layout.tree[child], into: folder) } catch {
                    // A name alone says nothing.
                    throw EnvironmentFailure(SystemError(code: error.code, attempt: error.attempt, path: layout.tree.path(of: child)))
                }
            }
        }
    }

    private func writeFolder(_ index: Int, into parent: Descriptor) throws(EnvironmentFailure) {
        let node = layout.tree[index]
        let folder = try EnvironmentFailure.system { () throws(SystemError) in
            try Files.makeFolder(node.name, mode: 0o700, in: parent)
            return try Files.open(node.name, [.read, .folder, .noFollow], in: parent)
        }
        try write(index, into: folder)
        // Last: writing into it changes its time, and its mode may forbid it.
        try EnvironmentFailure.system { () throws(SystemError) in
            try FileAttributes.set(owner: node.owner, group: node.group, mode: node.mode, node.attributes, of: folder)
            try Files.setTimes(node.name, seconds: seconds, in: parent)
        }
    }

    private func write(_ node: LayoutNode, into folder: Descriptor) throws(SystemError) {
        switch node.content {
        case .folder: break
        case .packaged(let package, let file): try link("\(sources[package])/\(file)", node, into: folder)
        case .link(let target):
            try Files.makeSymbolicLink(node.name, target: target, in: folder)
            try FileAttributes.setOwner(node.owner, node.group, ofLink: node.name, in: folder)
            try Files.setTimes(node.name, seconds: node.modifiedSeconds, in: folder)
        case .written(let bytes):
            let file = try create(node, in: folder)
            try file.writeAll(bytes)
            try finish(file, node, seconds: seconds, in: folder)
        }
    }

    private func link(_ source: String, _ node: LayoutNode, into folder: Descriptor) throws(SystemError) {
        do throws(SystemError) {
            try Files.link(source, to: node.name, into: folder)
        } catch {
            // The file has as many names as its file system allows.
            guard error.code == Self.tooManyLinks else { throw error }
            let file = try create(node, in: folder)
            try Files.copy(from: try Files.open(source, [.read, .noFollow]), to: file)
            try finish(file, node, seconds: node.modifiedSeconds, in: folder)
        }
    }

    /// `EMLINK`
    private static let tooManyLinks: Int32 = 31

    private func create(_ node: LayoutNode, in folder: Descriptor) throws(SystemError) -> Descriptor {
        try Files.open(node.name, [.write, .create, .exclusive, .noFollow], mode: 0o600, in: folder)
    }

    private func finish(_ file: Descriptor, _ node: LayoutNode, seconds: Int64, in folder: Descriptor) throws(SystemError) {
        try FileAttributes.set(owner: node.owner, group: node.group, mode: node.mode, node.attributes, of: file)
        try Files.setTimes(node.name, seconds: seconds, in: folder)
    }
}
