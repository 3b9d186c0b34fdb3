internal import FarmModel
internal import HostSystem

/// A root that the phases of one attempt may write into: they see a folder that others share, and what they change is only theirs.
///
/// It is an overlay of the folder that each phase mounts for itself, or, where there can be none, a copy.
struct WritableRoot {
    /// The folder that others share.
    let original: String
    /// The folder that phases see.
    let place: String
    /// What is mounted there; nil for a copy.
    let overlay: OverlayMount?

    /// The root of all phases that run with the same folder of a workspace, as the ones before have left it.
    /// - Parameters:
    ///   - original: what it begins as; never written to.
    ///   - folder: takes what is changed, or the copy.
    init(of original: String, in folder: String) throws(SystemError) {
        self.original = original
        let copy = folder + "/copy"
        try Files.makeFolders(folder, mode: 0o755)
        let isCopied = try Files.statusIfPresent(copy) != nil
        guard !isCopied, try OverlayProbe.works(over: original, in: folder) else {
            if !isCopied { try Files.copyTree(original, to: copy) }
            (place, overlay) = (copy, nil)
            return
        }
        let overlay = OverlayMount(lower: [original], upper: folder + "/changes", work: folder + "/work", target: folder + "/shown")
        for path in [overlay.upper, overlay.work, overlay.target] { try Files.makeFolders(path, mode: 0o755) }
        (place, self.overlay) = (overlay.target, overlay)
    }

    /// What phases see, one folder over the other, the topmost first.
    private var layers: [String] { overlay.map { [$0.upper] + $0.lower } ?? [place] }

    /// Refuses places that a symbolic link leads away from. bubblewrap makes and fills them as it runs outside of the sandbox still, so a link,
    /// made by a phase or found in the root, could lead it to the machine's own files.
    func refuseLinks(at places: [String]) throws(ExecutionFailure) {
        for place in places {
            for layer in layers {
                let found: Finding
                do throws(SystemError) { found = try Self.find(place, in: layer) } catch {
                    throw ExecutionFailure(error.isPermissionDenied ? .badInput : .infrastructure, "the root cannot be examined: \(error)")
                }
                if found == .link {
                    throw ExecutionFailure(.badInput, "\(place) leads over a symbolic link in the root; a sandbox needs folders there")
                }
                if found == .file { break }
            }
        }
    }

    private enum Finding {
        /// Nothing, or folders only: what lies below shows too.
        case folders
        /// What hides what lies below, or marks it as removed.
        case file
        case link
    }

    private static func find(_ path: String, in layer: String) throws(SystemError) -> Finding {
        var folder = try Files.open(layer, [.pathOnly, .folder])
        for name in path.pathNames().map(String.init) {
            switch try Files.statusIfPresent(name, in: folder)?.type {
            case nil: return .folders
            case .symbolicLink: return .link
            case .folder: folder = try Files.open(name, [.pathOnly, .folder, .noFollow], in: folder)
            default: return .file
            }
        }
        return .folders
    }
}
