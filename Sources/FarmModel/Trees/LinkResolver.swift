/// Finds symbolic links that lead out of their tree, as the kernel would follow them: through other links, and with `..` taken after
/// the link before it was followed.
public struct LinkResolver {
    private var targets: [String: String] = [:]
    /// As many as Linux follows before it gives up.
    private static let hopLimit = 40

    /// Learns the links of a tree.
    public init(_ manifest: TreeManifest) {
        for entry in manifest.entries { if case .link(let target) = entry.content { targets[entry.path] = target } }
    }

    /// The paths of all links that lead out, in the order of the manifest.
    public func escapingLinks(of manifest: TreeManifest) -> [String] {
        targets.isEmpty ? [] : manifest.entries.map(\.path).filter { targets[$0] != nil && escapes($0) }
    }

    /// True if following the link at `path` leaves the tree. A link to something missing within the tree, or in a circle, does not.
    private func escapes(_ path: String) -> Bool {
        var open = Array(path.split(separator: "/").reversed())
        var place: [Substring] = []
        var hops = 0
        while let part = open.popLast() {
            if part == "." || part.isEmpty { continue }
            if part == ".." {
                if place.isEmpty { return true }
                place.removeLast()
                continue
            }
            place.append(part)
            guard let target = targets[place.joined(separator: "/")] else { continue }
            hops += 1
            if target.hasPrefix("/") { return true }
            if hops > Self.hopLimit { return false }
            place.removeLast()
            open += target.split(separator: "/").reversed()
        }
        return false
    }
}
