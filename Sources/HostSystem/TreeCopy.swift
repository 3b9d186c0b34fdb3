/// A copy of a folder with all beneath it, for somebody who may change it: no file of it is one of the folder's.
///
/// Files share their blocks where the file system can. Hard links among them, symbolic links, owners, modes, times and extended attributes are
/// kept, as far as this process may set them. Devices, sockets and pipes are left out, and so is what this process may not read.
struct TreeCopy {
    private struct Inode: Hashable {
        var device: UInt64
        var number: UInt64
    }

    private let source: Descriptor
    private let destination: Descriptor
    /// Those found so far, the outer ones first, by their paths below the folder.
    private var folders = ["."]
    /// Where the copies of files with more than one name are.
    private var copies: [Inode: String] = [:]

    /// A copy from one open folder into another, which is empty.
    init(from source: Descriptor, into destination: Descriptor) {
        self.source = source
        self.destination = destination
    }

    /// Copies everything.
    mutating func run() throws(SystemError) {
        var next = 0
        while next < folders.count {
            try copyEntries(of: folders[next])
            next += 1
        }
        // Last, and the inner ones first: writing into a folder changes its time, and its mode may forbid it.
        for folder in folders.reversed() { try finish(folder) }
    }

    private mutating func copyEntries(of path: String) throws(SystemError) {
        guard let from = try readable(path, [.read, .folder], beneath: source) else { return }
        let to = try Files.open(path, beneath: destination, [.read, .folder])
        for entry in try from.entries() {
            guard let name = entry.name else { throw SystemError(code: Self.illegalName, attempt: "copy what is in", path: path) }
            do throws(SystemError) {
                try copy(name, entry.type, PathText.joined(path, name), from, to)
            } catch {
                // A name alone says nothing.
                throw SystemError(code: error.code, attempt: error.attempt, path: PathText.joined(path, name))
            }
        }
    }

    /// `EILSEQ`
    private static let illegalName: Int32 = 84

    private mutating func copy(
        _ name: String, _ type: FileType, _ path: String, _ from: Descriptor, _ to: Descriptor
    ) throws(SystemError) {
        switch type {
        case .folder:
            try Files.makeFolder(name, mode: 0o700, in: to)
            folders.append(path)
        case .regular: try copyFile(name, path, from, to)
        case .symbolicLink: try copyLink(name, from, to)
        default: break
        }
    }

    private mutating func copyFile(_ name: String, _ path: String, _ from: Descriptor, _ to: Descriptor) throws(SystemError) {
        guard let file = try readable(name, .read, beneath: from) else { return }
        let status = try file.status()
        let inode = Inode(device: status.device, number: status.inode)
        // A file has as many names as its file system allows; then there is another copy.
        if let copy = copies[inode], (try? Files.link(copy, to: name, from: destination, into: to)) != nil { return }
        let copy = try Files.open(name, [.write, .create, .exclusive, .noFollow], mode: 0o600, in: to)
        try Files.copy(from: file, to: copy)
        try setAttributes(of: copy, to: status, and: file)
        try setTimes(name, status, in: to)
        if status.links > 1 { copies[inode] = path }
    }

    private func copyLink(_ name: String, _ from: Descriptor, _ to: Descriptor) throws(SystemError) {
        let target = try Files.linkTarget(name, in: from)
        guard let text = String(validating: target, as: UTF8.self) else {
            throw SystemError(code: Self.illegalName, attempt: "copy the link", path: name)
        }
        let status = try Files.status(name, in: from)
        try Files.makeSymbolicLink(name, target: text, in: to)
        try tolerant { () throws(SystemError) in try Files.setOwner(name, status.owner, group: status.group, in: to) }
        try setTimes(name, status, in: to)
    }

    private func finish(_ path: String) throws(SystemError) {
        guard let from = try readable(path, [.read, .folder], beneath: source) else { return }
        let status = try from.status()
        let copy = try Files.open(path, beneath: destination, [.read, .folder])
        try setAttributes(of: copy, to: status, and: from)
        try setTimes(".", status, in: copy)
    }

    /// A change of owner takes the bits of set-user-id away, and so may one of attributes: the mode comes last.
    private func setAttributes(of copy: Descriptor, to status: FileStatus, and original: Descriptor) throws(SystemError) {
        try tolerant { () throws(SystemError) in try copy.setOwner(status.owner, group: status.group) }
        for name in try original.attributeNames() {
            try tolerant { () throws(SystemError) in try copy.setAttribute(name, to: try original.attribute(name)) }
        }
        try copy.setPermissions(status.permissions)
    }

    private func setTimes(_ name: String, _ status: FileStatus, in folder: Descriptor) throws(SystemError) {
        let (seconds, nanoseconds) = status.modifiedNanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let isBefore = nanoseconds < 0
        try Files.setTimes(
            name, seconds: isBefore ? seconds - 1 : seconds, nanoseconds: isBefore ? nanoseconds + 1_000_000_000 : nanoseconds, in: folder)
    }

    private func readable(
        _ path: String, _ options: OpenOptions, beneath folder: Descriptor
    ) throws(SystemError) -> Descriptor? {
        do throws(SystemError) { return try Files.open(path, beneath: folder, options) } catch  where error.isPermissionDenied {
            return nil
        }
    }

    private func tolerant(_ set: () throws(SystemError) -> Void) throws(SystemError) {
        do throws(SystemError) { try set() } catch  where error.isAttributeRefused {}
    }
}

extension Files {
    /// Copies a folder with all beneath it, for somebody who may change the copy: no file of it is one of the folder's, though blocks are
    /// shared where the file system can.
    ///
    /// Hard links within the folder, symbolic links, owners, modes, times and extended attributes are kept, as far as this process may set them.
    /// Devices, sockets and pipes are left out, and so is what this process may not read.
    /// - Parameter destination: where nothing is. The copy gets this name when it is complete; until then it is in `destination.new`, which is
    ///   made anew.
    /// - Throws: `SystemError` with the path of what could not be copied, below the folder; nothing is left then.
    public static func copyTree(_ path: String, to destination: String) throws(SystemError) {
        let unfinished = destination + ".new"
        try removeTree(unfinished)
        try makeFolder(unfinished, mode: 0o700)
        do throws(SystemError) {
            var copy = TreeCopy(from: try open(path, [.read, .folder]), into: try open(unfinished, [.read, .folder, .noFollow]))
            try copy.run()
            try renameExclusively(unfinished, to: destination)
        } catch {
            try? removeTree(unfinished)
            throw error
        }
    }
}
