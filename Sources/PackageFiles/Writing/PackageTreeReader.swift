internal import FarmModel
internal import HostSystem

/// Lists the files of a folder, without following links.
struct PackageTreeReader {
    /// More than these nobody means.
    static let entryLimit = 1_000_000
    static let depthLimit = 128
    static let pathLimit = 4_095

    private struct FileIdentity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    private(set) var entries: [PackageTree.Entry] = []
    /// The first names of files that have several.
    private var firstNames: [FileIdentity: String] = [:]

    /// Adds all that is in the folder.
    mutating func read(_ folder: Descriptor) throws(FarmError) { try read(folder, path: "", depth: 0) }

    private mutating func read(_ folder: Descriptor, path: String, depth: Int) throws(FarmError) {
        guard depth < Self.depthLimit else { throw Self.fault("the folder /\(path) is deeper than \(Self.depthLimit) folders") }
        for member in try Self.reading(path, { () throws(SystemError) in try folder.entries(limit: Self.entryLimit) }) {
            let name = try Self.checkedName(member, in: path)
            let place = path.isEmpty ? name : "\(path)/\(name)"
            if path.isEmpty && Self.isReserved(name) {
                throw Self.fault("/\(name) has a name that apk takes for a part of the package itself; rename it, or make it a scriptlet")
            }
            guard place.utf8.count <= Self.pathLimit else { throw Self.fault("a path below /\(path) is too long") }
            guard entries.count < Self.entryLimit else { throw Self.fault("there are more than \(Self.entryLimit) files") }
            try add(name, type: member.type, in: folder, path: place, depth: depth)
        }
    }

    private mutating func add(_ name: String, type: FileType, in folder: Descriptor, path: String, depth: Int) throws(FarmError) {
        switch type {
        case .folder:
            let inner = try Self.open(name, [.read, .folder, .noFollow], in: folder, path: path)
            try append(inner, path: path, try Self.status(of: inner, path: path), .folder)
            try read(inner, path: path, depth: depth + 1)
        case .regular:
            let file = try Self.open(name, [.read, .noFollow, .nonBlocking], in: folder, path: path)
            let status = try Self.status(of: file, path: path)
            try append(file, path: path, status, content(of: status, path: path))
        case .symbolicLink: try addLink(name, in: folder, path: path)
        case .fifo, .socket, .characterDevice, .blockDevice, .unknown:
            throw Self.fault("/\(path) is \(Self.words(for: type)), which packages cannot have; remove it")
        }
    }

    private mutating func append(
        _ file: Descriptor, path: String, _ status: FileStatus, _ content: PackageTree.Entry.Content
    ) throws(FarmError) {
        var entry = PackageTree.Entry(path: path, mode: status.permissions, content: content)
        entry.attributes = try Self.reading(path) { () throws(SystemError) in try ExtendedAttribute.all(of: file) }
        entries.append(entry)
    }

    /// The first of several names is the file, the others are links to it.
    private mutating func content(of status: FileStatus, path: String) -> PackageTree.Entry.Content {
        guard status.links > 1 else { return .file(size: status.size) }
        let identity = FileIdentity(device: status.device, inode: status.inode)
        if let first = firstNames[identity] { return .hardLink(to: first) }
        firstNames[identity] = path
        return .file(size: status.size)
    }

    private mutating func addLink(_ name: String, in folder: Descriptor, path: String) throws(FarmError) {
        let target = try Self.reading(path) { () throws(SystemError) in try Files.linkTarget(name, in: folder) }
        guard let text = String(validating: target, as: UTF8.self), Self.isOneLine(text) else {
            throw Self.fault("the target of the symbolic link /\(path) is not UTF-8 text of one line; change it")
        }
        entries.append(PackageTree.Entry(path: path, mode: 0o777, content: .link(target: text)))
    }

    private static func status(of file: Descriptor, path: String) throws(FarmError) -> FileStatus {
        try reading(path) { () throws(SystemError) in try file.status() }
    }

    private static func open(_ name: String, _ options: OpenOptions, in folder: Descriptor, path: String) throws(FarmError) -> Descriptor {
        try reading(path) { () throws(SystemError) in try Files.open(name, options, in: folder) }
    }

    /// The database of installed packages has one path a line, so nothing else may be in a name.
    private static func checkedName(_ member: FolderEntry, in path: String) throws(FarmError) -> String {
        guard let name = member.name, isOneLine(name) else {
            let shown = JSONValue.string(String(decoding: member.nameBytes, as: UTF8.self)).text
            throw fault("the file name \(shown) in /\(path) is not UTF-8 text of one line; rename it")
        }
        return name
    }

    /// apk looks for these in all segments.
    private static func isReserved(_ name: String) -> Bool {
        let isScript = name.hasPrefix(".") && PackageBody.Scriptlet(rawValue: String(name.dropFirst())) != nil
        return isScript || name == ".PKGINFO" || name == ".INSTALL" || name.hasPrefix(PackageSignature.prefix)
    }

    private static func isOneLine(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }

    private static func words(for type: FileType) -> String {
        switch type {
        case .fifo: "a named pipe"
        case .socket: "a socket"
        case .characterDevice, .blockDevice: "a device"
        case .regular, .folder, .symbolicLink, .unknown: "a file of an unknown kind"
        }
    }

    private static func fault(_ message: String) -> FarmError { FarmError(.badInput, message) }

    private static func reading<Value>(_ path: String, _ body: () throws(SystemError) -> Value) throws(FarmError) -> Value {
        do throws(SystemError) { return try body() } catch {
            let advice = error.isPermissionDenied ? "; let its owner read it" : ""
            throw FarmError(
                error.isPermissionDenied ? .badInput : .inputOutput, "/\(path) of the package cannot be read: \(error)\(advice)")
        }
    }
}
