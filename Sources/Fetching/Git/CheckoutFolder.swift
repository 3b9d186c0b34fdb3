internal import FarmModel
internal import HostSystem

/// What git has written, before anybody uses it.
enum CheckoutFolder {
    /// Gives everything the modes that git means, whatever the umask, and makes sure that nothing lies there but files, folders and links.
    /// The walk goes by descriptors and follows no link.
    static func normalise(_ path: String) throws(SystemError) {
        try normalise(try Files.open(path, [.read, .folder, .noFollow]))
    }

    private static func normalise(_ folder: Descriptor) throws(SystemError) {
        for entry in try folder.entries() {
            guard let name = entry.name else { throw SystemError(code: 0, attempt: "use a name that is not UTF-8") }
            let status = try Files.status(name, in: folder)
            switch status.type {
            case .regular:
                try Files.setPermissions(name, status.permissions & 0o100 == 0 ? 0o644 : 0o755, in: folder)
            case .folder:
                let inner = try Files.open(name, [.read, .folder, .noFollow], in: folder)
                try inner.setPermissions(0o755)
                try normalise(inner)
            case .symbolicLink: break
            case .fifo, .socket, .characterDevice, .blockDevice, .unknown:
                throw SystemError(code: 0, attempt: "use", path: name)
            }
        }
    }

    /// Moves everything in `stage`, or in one folder of it, into `folder`. No link is followed.
    static func move(_ subfolder: String?, of stage: String, into folder: String) throws(FetchFailure) {
        var taken: String?
        try FetchFailure.wrap { () throws(SystemError) in
            let destination = try Files.open(folder, [.read, .folder])
            let root = try Files.open(stage, [.read, .folder, .noFollow])
            let source =
                try subfolder.map { (path) throws(SystemError) in
                    try Files.open(path, beneath: root, [.read, .folder])
                } ?? root
            for entry in try source.entries() {
                guard let name = entry.name else { continue }
                do throws(SystemError) {
                    try Files.renameExclusively(name, to: name, from: source, into: destination)
                } catch  where error.isExisting {
                    taken = name
                    return
                }
            }
        }
        if let taken { throw .badInput("\(JSONValue.string(taken).text) of the repository is in the way of another source") }
    }
}
