public import FarmModel
public import HostSystem

/// Lays a tree out as files. Every file is a copy, so nothing that is done to it reaches the store.
public struct TreeWriter {
    private let blobs: any BlobSource
    private let seconds: Int64

    /// - Parameter sourceDateEpoch: the time stamped on everything, in seconds since 1970.
    public init(blobs: any BlobSource, sourceDateEpoch: Int64) {
        self.blobs = blobs
        seconds = sourceDateEpoch
    }

    /// Writes the tree into an existing folder, which may hold other things; a name that is taken is an error.
    ///
    /// Paths are walked from the folder's descriptor without following links.
    public func write(_ manifest: TreeManifest, into folder: Descriptor) throws(FarmError) {
        var folders: [TreeEntry] = []
        for entry in manifest.entries {
            if case .folder = entry.content { folders.append(entry) }
            try write(entry, into: folder)
        }
        // Innermost first: writing into a folder changes its time, and a closed mode would keep its content out.
        try FarmError.wrap { () throws(SystemError) in
            for entry in folders.reversed() {
                let opened = try Files.open(entry.path, beneath: folder, [.read, .folder])
                try opened.setPermissions(entry.mode)
                let (parent, name) = try Self.parent(of: entry.path, in: folder)
                try Files.setTimes(name, seconds: seconds, in: parent)
            }
        }
    }

    private func write(_ entry: TreeEntry, into folder: Descriptor) throws(FarmError) {
        let (parent, name) = try FarmError.wrap { () throws(SystemError) in try Self.parent(of: entry.path, in: folder) }
        switch entry.content {
        case .folder:
            try FarmError.wrap { () throws(SystemError) in
                do throws(SystemError) { try Files.makeFolder(name, mode: 0o700, in: parent) } catch  where error.isExisting {}
            }
        case .link(let target):
            try FarmError.wrap { () throws(SystemError) in
                try Files.makeSymbolicLink(name, target: target, in: parent)
                try Files.setTimes(name, seconds: seconds, in: parent)
            }
        case .file(_, let digest):
            let file = try FarmError.wrap { () throws(SystemError) in
                try Files.open(name, [.write, .create, .exclusive, .noFollow], mode: 0o600, in: parent)
            }
            try blobs.copy(digest, to: file)
            try FarmError.wrap { () throws(SystemError) in
                try file.setPermissions(entry.mode)
                try Files.setTimes(name, seconds: seconds, in: parent)
            }
        }
    }

    private static func parent(of path: String, in folder: Descriptor) throws(SystemError) -> (Descriptor, String) {
        let names = path.pathNames()
        guard names.count > 1, let name = names.last else { return (folder, path) }
        return (try Files.open(names.dropLast().joined(separator: "/"), beneath: folder, [.read, .folder]), String(name))
    }
}
