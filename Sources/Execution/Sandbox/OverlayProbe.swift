internal import HostSystem

/// Whether overlays of a root can be used in a folder.
///
/// The kernel refuses them on some file systems and in some containers. On others it mounts them, but read-only, or so that no folder can take
/// the place of one that was removed. So one is mounted, and just that is tried in it.
enum OverlayProbe {
    /// A folder that only the probe knows.
    private static let name = ".bf-probe"

    /// Tries it in a folder of its own beneath `folder`.
    static func works(over root: String, in folder: String) throws(SystemError) -> Bool {
        let place = folder + "/probe"
        try Files.removeTree(place)
        defer { try? Files.removeTree(place) }
        let overlay = OverlayMount(
            lower: ["\(place)/lower", root], upper: "\(place)/upper", work: "\(place)/work", target: "\(place)/shown")
        for path in ["\(place)/lower/\(name)", overlay.upper, overlay.work, overlay.target] { try Files.makeFolders(path, mode: 0o755) }
        var request = SpawnRequest(["/bin/sh", "-c", "rmdir \(name) && mkdir \(name)"], environment: ["PATH=/usr/bin:/bin"])
        request.workingDirectory = overlay.target
        request.overlay = overlay
        request.diesWithParent = true
        guard let child = try? SpawnThread.shared.spawn(request) else { return false }
        return try child.wait().isSuccess
    }
}
