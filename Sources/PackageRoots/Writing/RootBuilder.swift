internal import AlpinePackage
internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// Makes a root file system of the packages of a lock. No script is run.
struct RootBuilder {
    private let lock: EnvironmentLock
    private let packages: [CachedPackage]
    private let keys: [PublicKey]
    /// The time of the newest package, in seconds since 1970.
    private let seconds: Int64
    private let context: FetchContext

    /// - Parameter packages: Those of the lock, in its order.
    init(_ lock: EnvironmentLock, packages: [CachedPackage], keys: [PublicKey], _ context: FetchContext) {
        self.lock = lock
        // A package that makes `/lib` a link has to come before those that have files in it.
        self.packages = packages.filter { $0.hasLinkInRoot } + packages.filter { !$0.hasLinkInRoot }
        self.keys = keys
        seconds = min(max(0, packages.compactMap(\.record.buildTime).max() ?? 0), TarLimits.time)
        self.context = context
    }

    /// Writes the root into an empty folder.
    func build(into folder: String) throws(EnvironmentFailure) {
        let layout = try layout()
        try RootWriter(layout, sources: packages.map(\.files), seconds: seconds, context).write(into: folder)
    }

    /// Everything that the root consists of.
    func layout() throws(EnvironmentFailure) -> RootLayout {
        var layout = RootLayout()
        for package in packages {
            try context.check()
            try layout.add(package.record, package.entries, fileNumber: package.fileNumber)
        }
        try addApplets(to: &layout)
        try addAccounts(to: &layout)
        try DatabaseFiles(lock: lock, packages: packages, keys: keys, seconds: seconds).add(to: &layout)
        return layout
    }

    private func addApplets(to layout: inout RootLayout) throws(EnvironmentFailure) {
        guard let program = AppletList.programs.first(where: { layout.tree.target(of: $0) != nil }) else { return }
        for folder in AppletList.folders.compactMap({ layout.tree.target(of: $0) }) {
            for (index, node) in layout.tree.nodes.enumerated() where node.parent == folder && index != folder {
                let list = try content(of: node, atMost: AppletList.sizeLimit)
                for path in AppletList.paths(in: list) { try layout.addIfMissing(path, .link(target: "/\(program)")) }
            }
        }
    }

    private func addAccounts(to layout: inout RootLayout) throws(EnvironmentFailure) {
        if !lock.users.isEmpty {
            let text = try AccountLines.passwd(try text("etc/passwd", of: layout), adding: lock.users)
            try layout.write(Array(text.utf8), to: "etc/passwd")
        }
        if !lock.groups.isEmpty {
            let text = try AccountLines.group(try text("etc/group", of: layout), adding: lock.groups)
            try layout.write(Array(text.utf8), to: "etc/group")
        }
        for user in lock.users {
            let home = user.home ?? "/home/\(user.name)"
            let group = UInt32(truncatingIfNeeded: user.group ?? user.number)
            guard !home.pathNames().isEmpty else { continue }
            try layout.addIfMissing(home, .folder, owner: UInt32(truncatingIfNeeded: user.number), group: group)
        }
    }

    /// A text of the packages; empty if none has it.
    private func text(_ path: String, of layout: RootLayout) throws(EnvironmentFailure) -> String {
        guard let index = layout.tree.target(of: path) else { return "" }
        return String(decoding: try content(of: layout.tree[index], atMost: 16 << 20), as: UTF8.self)
    }

    private func content(of node: LayoutNode, atMost limit: Int) throws(EnvironmentFailure) -> [UInt8] {
        guard case .packaged(let package, let file) = node.content else { return [] }
        return try EnvironmentFailure.system { () throws(SystemError) in
            try Files.readAll("\(packages[package].files)/\(file)", limit: limit)
        }
    }
}

extension CachedPackage {
    /// Whether it makes a symbolic link in the root itself.
    fileprivate var hasLinkInRoot: Bool {
        entries.contains { entry in
            guard case .symbolicLink = entry.content else { return false }
            return !entry.path.utf8.contains(UInt8(ascii: "/"))
        }
    }
}
