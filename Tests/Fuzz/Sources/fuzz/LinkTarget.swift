import FarmModel

/// Trees with symbolic links: the input has one entry a line, `path`, `path/` for a folder, `path > target` for a link.
///
/// What the resolver lets pass, the kernel's way of following links, step by step over bytes, does not lead out.
enum LinkTarget {
    static func check(_ input: Input) -> CInt {
        var input = input
        let entries = tree(input.lines(atMost: 24))
        var resolver = LinkResolver(TreeManifest(entries: entries))
        let escaping = Set(resolver.escapingLinks().map { Array($0.utf8) })
        let kernel = Kernel(entries)
        for entry in entries {
            guard case .link = entry.content, !escaping.contains(Array(entry.path.utf8)) else { continue }
            expect(!kernel.leadsOut(entry.path), "a link leads out: \(entry.path) in \(entries)")
        }
        return 0
    }

    /// The entries of a sound tree: each path once, none beneath a file or link.
    private static func tree(_ lines: [String]) -> [TreeEntry] {
        var kinds: [[[UInt8]]: Bool] = [[]: true]
        var entries: [TreeEntry] = []
        for line in lines {
            let bytes = Array(line.utf8)
            let arrow = bytes.firstIndex(of: UInt8(ascii: ">"))
            var path = String(decoding: bytes[..<(arrow ?? bytes.count)], as: UTF8.self)
            let isFolder = arrow == nil && bytes.last == Bytes.slash
            if isFolder { path = String(decoding: bytes.dropLast(), as: UTF8.self) }
            let names = Bytes.names(path)
            guard TreeEntry.isSafe(path), Bytes.isBeneath(path), kinds[names] == nil else { continue }
            let above = names.indices.map { Array(names[..<$0]) }
            guard above.allSatisfy({ kinds[$0] != false }) else { continue }
            for folder in above where kinds[folder] == nil {
                kinds[folder] = true
                entries.append(TreeEntry(path: text(folder), mode: 0o755, content: .folder))
            }
            kinds[names] = isFolder
            let target = arrow.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self) }
            let file = TreeEntry.Content.file(size: 0, digest: Digest.of([]))
            entries.append(TreeEntry(path: path, mode: 0o644, content: isFolder ? .folder : target.map { .link(target: $0) } ?? file))
        }
        return entries
    }

    private static func text(_ names: [[UInt8]]) -> String {
        String(decoding: Array(names.joined(separator: [Bytes.slash])), as: UTF8.self)
    }
}

/// Follows links as path_resolution(7) says: what is not there ends the walk, and so do more than 40 links.
private struct Kernel {
    private var links: [[[UInt8]]: [UInt8]] = [:]
    private var folders: Set<[[UInt8]]> = [[]]

    init(_ entries: [TreeEntry]) {
        for entry in entries {
            switch entry.content {
            case .link(let target): links[Bytes.names(entry.path)] = Array(target.utf8)
            case .folder: folders.insert(Bytes.names(entry.path))
            case .file: break
            }
        }
    }

    func leadsOut(_ path: String) -> Bool {
        var place: [[UInt8]] = []
        var names = Bytes.names(path)[...]
        var followed = 0
        while let name = names.popFirst() {
            if name == Array(".".utf8) { continue }
            if name == Array("..".utf8) {
                if place.isEmpty { return true }
                place.removeLast()
                continue
            }
            place.append(name)
            if let target = links[place] {
                followed += 1
                if followed > 40 { return false }
                if target.first == Bytes.slash { return true }
                place.removeLast()
                names = (target.split(separator: Bytes.slash).map { Array($0) } + names)[...]
            } else if !folders.contains(place) {
                return false
            }
        }
        return false
    }
}
