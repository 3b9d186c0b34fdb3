internal import HostSystem

/// The paths that a daemon wants with everything that the symbolic links on the way lead to, so that they can be opened there.
struct FollowedPaths {
    /// No link of a path may lead to more others than this.
    private static let mostLinks = 255
    private static let mostPaths = 10_000

    private let root: Descriptor
    private(set) var paths: Set<String> = []
    private var links = 0

    /// - Parameter wanted: paths, in which names may be patterns.
    init(_ wanted: [String], in root: Descriptor) {
        self.root = root
        for path in wanted { follow([], Self.names(path)[...]) }
    }

    private mutating func follow(_ done: [String], _ rest: ArraySlice<String>) {
        guard paths.count < Self.mostPaths else { return }
        let here = done.joined(separator: "/")
        guard let name = rest.first else {
            paths.insert(here)
            return
        }
        if name.contains(where: { "*?[".contains($0) }) {
            let pattern = PathPattern(name)
            for entry in entries(here) where pattern.compare(entry).matches { follow(done, [entry] + rest.dropFirst()) }
            return
        }
        let path = (done + [name]).joined(separator: "/")
        guard let target = linkTarget(path), links < Self.mostLinks else { return follow(done + [name], rest.dropFirst()) }
        links += 1
        paths.insert(path)
        let start = target.hasPrefix("/") ? [] : done
        follow([], Self.names((start + [target]).joined(separator: "/"))[...] + rest.dropFirst())
    }

    private func entries(_ path: String) -> [String] {
        let folder = path.isEmpty ? root : try? Files.open(path, beneath: root, [.read, .folder])
        return ((try? folder?.entries()) ?? []).compactMap(\.name)
    }

    private func linkTarget(_ path: String) -> String? {
        guard (try? Files.status(path, in: root))?.type == .symbolicLink, let bytes = try? Files.linkTarget(path, in: root) else {
            return nil
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func names(_ path: String) -> [String] {
        var names: [String] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = names.popLast() } else { names.append(String(part)) }
        }
        return names
    }
}
