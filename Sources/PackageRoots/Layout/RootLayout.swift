internal import AlpinePackage
internal import FarmModel
internal import PackageFiles

/// What a root made of packages consists of: a value, which decides what happens where packages meet.
struct RootLayout {
    private(set) var tree = LayoutTree()
    /// The packages in the order of their numbers.
    private(set) var packages: [PackageRecord] = []
    /// The folders that each package has, in the order in which it names them.
    private(set) var folders: [[Int]] = []

    /// Adds everything of a package.
    /// - Parameter fileNumber: The number of the file that an entry is.
    /// - Throws: `badInput` if it does not fit to the packages before it.
    mutating func add(
        _ package: PackageRecord, _ entries: [TarEntry], fileNumber: (Int) -> Int?
    ) throws(EnvironmentFailure) {
        let number = packages.count
        packages.append(package)
        folders.append([])
        for (index, entry) in entries.enumerated() {
            do throws(LayoutProblem) { try add(entry, fileNumber(index), of: number, entries) } catch {
                throw failure(error, entry.path, number)
            }
        }
    }

    /// Adds or replaces a file that no package has.
    mutating func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(EnvironmentFailure) {
        do throws(LayoutProblem) {
            let place = try self.place(of: path)
            var node = LayoutNode(content: .written(bytes), parent: place.folder, name: place.name, mode: mode)
            guard let index = place.node else {
                try tree.insert(node)
                return
            }
            guard tree[index].content != .folder else { throw .conflict(path, package: tree[index].package) }
            // apk keeps telling whose the file is; only its content is another.
            (node.package, node.checksum) = (tree[index].package, nil)
            tree[index] = node
        } catch {
            throw failure(error, path, nil)
        }
    }

    /// Adds a symbolic link or a folder that no package has; what has the path already stays.
    mutating func addIfMissing(_ path: String, _ content: LayoutNode.Content, owner: UInt32 = 0, group: UInt32 = 0)
        throws(EnvironmentFailure)
    {
        do throws(LayoutProblem) {
            let place = try self.place(of: path)
            guard place.node == nil else { return }
            let mode: UInt32 = content == .folder ? 0o755 : 0o777
            try tree.insert(LayoutNode(content: content, parent: place.folder, name: place.name, mode: mode, owner: owner, group: group))
        } catch {
            throw failure(error, path, nil)
        }
    }

    private mutating func place(of path: String) throws(LayoutProblem) -> (folder: Int, name: String, node: Int?) {
        let names = path.pathNames()
        let folder = try tree.folder(names.dropLast())
        let name = names.last.map { String($0) } ?? ""
        return (folder, name, tree.child(name, of: folder))
    }
}

extension RootLayout {
    private mutating func add(_ entry: TarEntry, _ file: Int?, of package: Int, _ entries: [TarEntry]) throws(LayoutProblem) {
        let place = try self.place(of: entry.path)
        if entry.content == .folder {
            try addFolder(entry, place.folder, place.name, place.node, of: package)
            return
        }
        note(place.folder, of: package)
        let new = node(entry, file, of: package, entries, parent: place.folder, name: place.name)
        guard let index = place.node else {
            try tree.insert(new)
            return
        }
        if isSame(tree[index], new) { return }
        guard tree[index].content != .folder, let old = tree[index].package, let wins = wins(package, over: old) else {
            throw .conflict(entry.path, package: tree[index].package)
        }
        if wins { tree[index] = new }
    }

    private mutating func addFolder(
        _ entry: TarEntry, _ parent: Int, _ name: String, _ existing: Int?, of package: Int
    ) throws(LayoutProblem) {
        let new = node(entry, nil, of: package, [], parent: parent, name: name)
        guard let existing else {
            note(try tree.insert(new), of: package)
            return
        }
        let index = try tree.folder(at: existing)
        // Who names a link to a folder says nothing of the folder itself.
        if tree[index].isImplied, index == existing { tree[index] = new }
        note(index, of: package)
    }

    private mutating func note(_ folder: Int, of package: Int) {
        if folders[package].last != folder { folders[package].append(folder) }
    }

    private func node(
        _ entry: TarEntry, _ file: Int?, of package: Int, _ entries: [TarEntry], parent: Int, name: String
    ) -> LayoutNode {
        var content = LayoutNode.Content.folder
        var source = entry
        if let file {
            content = .packaged(package: package, file: file)
            source = entries[file]
        } else if case .symbolicLink(let target) = entry.content {
            content = .link(target: target)
        }
        return LayoutNode(
            content: content, parent: parent, name: name, mode: source.mode, owner: source.owner, group: source.group,
            modifiedSeconds: entry.modifiedSeconds, attributes: source.attributes, checksum: source.checksum, package: package)
    }

    /// Whether two packages have the very same file or link.
    private func isSame(_ old: LayoutNode, _ new: LayoutNode) -> Bool {
        switch (old.content, new.content) {
        case (.link(let left), .link(let right)): left == right
        case (.packaged, .packaged):
            old.checksum != nil && old.checksum == new.checksum
                && (old.mode, old.owner, old.group) == (new.mode, new.owner, new.group) && old.attributes == new.attributes
        default: false
        }
    }

    /// Whether the file of the package that comes later is taken; nil if neither may replace the other's.
    ///
    /// As apk does: of two that replace each other, the one with the higher priority keeps its file.
    private func wins(_ new: Int, over old: Int) -> Bool? {
        let priorities = (priority(new, replacing: old), priority(old, replacing: new))
        switch priorities {
        case (nil, nil): return nil
        case (nil, _): return false
        case (_, nil): return true
        case (let new?, let old?): return new >= old
        }
    }

    private func priority(_ package: Int, replacing other: Int) -> Int64? {
        let record = packages[other]
        let replaces = packages[package].replaces.contains { $0.name == record.name && $0.isSatisfied(byVersion: record.version) }
        return replaces ? packages[package].replacesPriority ?? 0 : nil
    }

    private func failure(_ problem: LayoutProblem, _ path: String, _ package: Int?) -> EnvironmentFailure {
        func shown(_ path: String) -> String { JSONValue.string(path).text }
        func name(_ package: Int?) -> String { package.map { "\(packages[$0].name)-\(packages[$0].version)" } ?? "the root itself" }
        let message =
            switch problem {
            case .conflict(let other, let owner):
                "\(name(package)) and \(name(owner)) both have \(shown(other)), and neither says that it replaces the other; leave one out"
            case .notFolder(let other, let owner):
                "\(name(package)): \(shown(path)) would lie beneath \(shown(other)), which is no folder in \(name(owner))"
            case .circle(let other, let owner):
                "\(name(package)): \(shown(path)) leads through \(shown(other)) of \(name(owner)), a symbolic link to itself"
            case .tooDeep(let other): "\(name(package)): \(shown(path)) is too deep beneath \(shown(other))"
            }
        return EnvironmentFailure(.badInput, message)
    }
}
