extension TreeManifest {
    private static let nameBytes = 255
    private static let pathBytes = 4096
    private static let depthLimit = 128
    private static let entryLimit = 1_000_000

    /// What is wrong with a manifest that somebody else wrote, as a phrase; nil if a tree of it can be laid out.
    ///
    /// Canonical bytes alone say little: a path may lead through a file, a link out of the tree, and sizes may be more than can be counted.
    public var fault: String? {
        if entries.count > Self.entryLimit { return "it has more than \(Self.entryLimit) entries" }
        var folders: Set<[UInt8]> = []
        var bytes: Int64 = 0
        for entry in entries {
            if let fault = Self.fault(of: entry, folders: folders) { return "\(JSONValue.string(entry.path).text): \(fault)" }
            switch entry.content {
            case .folder: folders.insert(Array(entry.path.utf8))
            case .link: break
            case .file(let size, _):
                let sum = bytes.addingReportingOverflow(size)
                if sum.overflow { return "its files are too large" }
                bytes = sum.partialValue
            }
        }
        var links = LinkResolver(self)
        return links.escapingLinks().first.map { "symbolic link \(JSONValue.string($0).text) leads out of the tree" }
    }

    private static func fault(of entry: TreeEntry, folders: Set<[UInt8]>) -> String? {
        let names = entry.path.pathNames()
        if entry.path.utf8.count > pathBytes || names.contains(where: { $0.utf8.count > nameBytes }) { return "its name is too long" }
        if names.count > depthLimit { return "it lies deeper than \(depthLimit) folders" }
        if names.count > 1, !folders.contains(Array(names.dropLast().joined(separator: "/").utf8)) {
            return "the folder it lies in is missing"
        }
        guard case .link(let target) = entry.content else { return nil }
        let isGood = !target.isEmpty && target.utf8.count < pathBytes && !target.utf8.contains(0)
        return isGood ? nil : "it leads to nothing that could be a path"
    }
}
