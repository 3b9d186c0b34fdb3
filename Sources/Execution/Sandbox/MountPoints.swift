internal import FarmModel
internal import HostSystem

/// Makes sure that the place of a cache is what it looks like. bubblewrap makes missing folders on the way to it as it runs outside of the
/// sandbox still, so a link on the way, made by a phase or found in a root folder, could lead it elsewhere.
struct MountPoints {
    /// What is mounted before, in order.
    let mounts: [SandboxMount]

    /// Checks the place, and makes the missing folders where it lies in a folder of the workspace.
    func prepare(_ place: String) throws(ExecutionFailure) {
        guard place.isAbsolutePath, Substring(place.utf8.dropFirst()).hasOnlyPathNames else {
            throw ExecutionFailure(.badInput, "cache path \(place) is not an absolute path without . and ..")
        }
        for mount in mounts.reversed() {
            guard let rest = mount.rest(of: place) else { continue }
            do {
                if try mount.holds(rest) { return }
            } catch {
                throw ExecutionFailure(.badInput, "cache path \(place) cannot be used: \(error)")
            }
            throw ExecutionFailure(
                .badInput, "cache path \(place) is not a folder in which a cache can be put; use one below the home folder")
        }
    }
}

extension SandboxMount {
    /// The parts of a path below this mount; nil where it is elsewhere.
    fileprivate func rest(of path: String) -> [Substring]? {
        // A folder lies in the sandbox's own tree, where nothing can be in the way.
        if case .folder = self { return nil }
        if path == place { return [] }
        return path.utf8.starts(with: "\(place)/".utf8) ? Substring(path.utf8.dropFirst(place.utf8.count)).pathNames() : nil
    }

    /// Whether these folders are there, or could be made, one in the other, without a link on the way.
    fileprivate func holds(_ parts: [Substring]) throws(SystemError) -> Bool {
        switch self {
        case .readOnly(let path, _): return try walk(path, parts, making: false)
        case .writable(let path, _): return try walk(path, parts, making: true)
        case .link, .folder, .temporary, .file: return false
        }
    }

    private func walk(_ path: String, _ parts: [Substring], making: Bool) throws(SystemError) -> Bool {
        var folder = try Files.open(path, [.read, .folder])
        for part in parts {
            if making { try makeIfMissing(String(part), in: folder) }
            folder = try Files.open(String(part), beneath: folder, [.read, .folder])
        }
        return true
    }

    private func makeIfMissing(_ name: String, in folder: Descriptor) throws(SystemError) {
        do { try Files.makeFolder(name, mode: 0o755, in: folder) } catch let error where error.isExisting {}
    }
}
