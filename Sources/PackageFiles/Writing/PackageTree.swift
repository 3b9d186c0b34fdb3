public import FarmModel
public import HostSystem

/// The files that a package will have: those of a folder, and what is added to them.
///
/// The order is that in which packages have them: a folder before what is in it, names by their bytes.
public struct PackageTree: Sendable {
    /// One file, folder or link.
    public struct Entry: Sendable, Equatable {
        /// What it is.
        public enum Content: Sendable, Equatable {
            /// A folder.
            case folder
            /// A file of the folder, of so many bytes.
            case file(size: Int64)
            /// A file that is in no folder.
            case made([UInt8])
            /// A symbolic link.
            case link(target: String)
            /// Another name of the file at that path, which stands before it.
            case hardLink(to: String)
        }

        /// Relative, without slashes at its ends.
        public var path: String
        /// The permission bits, with those for set-user-id, set-group-id and sticky.
        public var mode: UInt32
        /// What it is.
        public var content: Content
        /// What else the file system knows of it.
        public var attributes: [ExtendedAttribute] = []

        /// Creates an entry.
        public init(path: String, mode: UInt32, content: Content) {
            self.path = path
            self.mode = mode
            self.content = content
        }

        /// Whether it has content of its own.
        public var isFile: Bool {
            switch content {
            case .file, .made: true
            case .folder, .link, .hardLink: false
            }
        }

        /// Bytes of its content, or of what a symbolic link says.
        public var size: Int64 {
            switch content {
            case .file(let size): size
            case .made(let bytes): Int64(bytes.count)
            case .link(let target): Int64(target.utf8.count)
            case .folder, .hardLink: 0
            }
        }
    }

    /// All of them in order.
    public private(set) var entries: [Entry]
    private let root: Descriptor?

    /// A tree without files.
    public init() {
        entries = []
        root = nil
    }

    /// The files of a folder, which must not change any more.
    /// - Throws: `badInput` for what cannot be in a package, naming it; `inputOutput` if something cannot be read.
    public init(reading folder: Descriptor) throws(FarmError) {
        var reader = PackageTreeReader()
        try reader.read(folder)
        entries = reader.entries
        root = folder
    }

    /// What the files of the package take once it is installed, in bytes. Folders count nothing: that differs between file systems.
    public var installedSize: Int64 { entries.reduce(0) { $0 + $1.size } }

    /// Adds a file, and the folders on the way to it that are not there yet. It takes the place of what is at its path.
    /// - Throws: `badInput` where something that is no folder is on the way.
    public mutating func add(_ bytes: [UInt8], at path: String, mode: UInt32 = 0o644) throws(FarmError) {
        var places = Dictionary(uniqueKeysWithValues: entries.indices.map { (entries[$0].path, $0) })
        var parents: [String] = []
        for index in path.utf8.indices where path.utf8[index] == UInt8(ascii: "/") { parents.append(String(path[..<index])) }
        for parent in parents {
            if let place = places[parent] {
                guard entries[place].content == .folder else { throw Self.notFolder(parent, path) }
                continue
            }
            places[parent] = entries.count
            entries.append(Entry(path: parent, mode: 0o755, content: .folder))
        }
        let entry = Entry(path: path, mode: mode, content: .made(bytes))
        if let place = places[path] { entries[place] = entry } else { entries.append(entry) }
        entries.sort { Self.precedes($0.path, $1.path) }
    }

    /// Gives an attribute to each of some files, in the place of what they have of its name. Paths that are not in the tree do not matter.
    public mutating func set(_ attributes: [String: ExtendedAttribute]) {
        for index in entries.indices {
            guard let attribute = attributes[entries[index].path] else { continue }
            entries[index].attributes.removeAll { $0.name == attribute.name }
            entries[index].attributes.append(attribute)
        }
    }

    private static func notFolder(_ parent: String, _ path: String) -> FarmError {
        FarmError(.badInput, "/\(parent) is no folder, but the package gets the file /\(path); make it a folder")
    }

    /// Folders directly before what is in them: a slash counts less than all that stands in names.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8) { rank($0) < rank($1) }
    }

    private static func rank(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "/") ? 0 : byte }

    /// Bytes of a file from an offset on; fewer than `count` only at its end, none of what is no file.
    /// - Throws: `inputOutput` if it cannot be read.
    public func bytes(of entry: Entry, at offset: Int64 = 0, count: Int) throws(FarmError) -> [UInt8] {
        try open(entry).bytes(at: offset, count: count)
    }

    /// A file opened for many reads.
    /// - Throws: `inputOutput` if it cannot be opened.
    public func open(_ entry: Entry) throws(FarmError) -> OpenContent {
        switch entry.content {
        case .made(let bytes): return OpenContent(path: entry.path, size: entry.size, source: .memory(bytes))
        case .file:
            guard let root else { return OpenContent(path: entry.path, size: 0, source: .memory([])) }
            do {
                let file = try Files.open(entry.path, beneath: root, [.read, .noFollow, .nonBlocking])
                return OpenContent(path: entry.path, size: entry.size, source: .file(file))
            } catch {
                throw FarmError(.inputOutput, "the file /\(entry.path) of the package cannot be read: \(error)")
            }
        case .folder, .link, .hardLink: return OpenContent(path: entry.path, size: 0, source: .memory([]))
        }
    }
}
