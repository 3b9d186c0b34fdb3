internal import FarmModel

/// Writes the data segment of a package: its files, each with its SHA-1 in an extended header, by which apk later sees what was changed.
struct DataSegmentWriter {
    /// Files up to this size are read once, larger ones twice: their checksum stands before them.
    private static let memoryLimit = 1 << 20
    private static let checksumKey = "APK-TOOLS.checksum.SHA1"
    /// How tar programs call extended attributes.
    private static let attributePrefix = "SCHILY.xattr."

    private let tree: PackageTree
    private let seconds: Int64
    private let check: () throws(FarmError) -> Void
    private var member: MemberWriter
    /// The checksums of files that have other names, which repeat them.
    private var checksums: [String: [UInt8]] = [:]
    private let namedTwice: Set<String>

    /// - Parameters:
    ///   - seconds: The time of all files, since 1970.
    ///   - check: Asked again and again; what it throws ends the work.
    init(_ tree: PackageTree, seconds: Int64, into member: MemberWriter, check: @escaping () throws(FarmError) -> Void) {
        self.tree = tree
        self.seconds = seconds
        self.member = member
        self.check = check
        namedTwice = Set(tree.entries.compactMap { if case .hardLink(let first) = $0.content { first } else { nil } })
    }

    /// Writes all.
    mutating func write() throws(FarmError) {
        for entry in tree.entries {
            try check()
            try write(entry)
        }
        try member.write(PackageTarHeader.end)
        try member.finish()
    }

    private mutating func write(_ entry: PackageTree.Entry) throws(FarmError) {
        var header = PackageTarHeader(path: entry.path, mode: entry.mode, seconds: seconds, kind: .folder)
        header.records = entry.attributes.map { .init(key: Self.attributePrefix + $0.name, value: $0.value) }
        switch entry.content {
        case .folder: try member.write(header.bytes)
        case .link(let target):
            header.kind = .symbolicLink
            header.link = target
            try write(&header, checksum: SHA1.of(Array(target.utf8)))
        case .hardLink(let first):
            header.kind = .hardLink
            header.link = first
            header.records = []
            try write(&header, checksum: checksums[first] ?? SHA1.of([]))
        case .file, .made:
            header.kind = .file
            header.size = entry.size
            try writeFile(entry, &header)
        }
    }

    private mutating func write(_ header: inout PackageTarHeader, checksum: [UInt8]) throws(FarmError) {
        header.records.append(.init(key: Self.checksumKey, value: Array(Hexadecimal.text(of: checksum).utf8)))
        try member.write(header.bytes)
    }

    private mutating func writeFile(_ entry: PackageTree.Entry, _ header: inout PackageTarHeader) throws(FarmError) {
        let content = try tree.open(entry)
        let isSmall = content.size <= Int64(Self.memoryLimit)
        let whole = isSmall ? try content.bytes(at: 0, count: Self.memoryLimit) : []
        guard !isSmall || whole.count == Int(content.size) else { throw content.changed }
        let checksum = isSmall ? SHA1.of(whole) : try Self.checksum(of: content, check)
        if namedTwice.contains(entry.path) { checksums[entry.path] = checksum }
        try write(&header, checksum: checksum)
        if isSmall { try member.write(whole) } else { try writeLarge(content, checksum: checksum) }
        try member.write([UInt8](repeating: 0, count: PackageTarHeader.padding(after: content.size)))
    }

    private mutating func writeLarge(_ content: OpenContent, checksum: [UInt8]) throws(FarmError) {
        var hasher = SHA1()
        try content.forEachPiece { piece throws(FarmError) in
            try check()
            piece.withUnsafeBytes { hasher.update($0) }
            try member.write(piece)
        }
        guard hasher.finish() == checksum else { throw content.changed }
    }

    private static func checksum(of content: OpenContent, _ check: () throws(FarmError) -> Void) throws(FarmError) -> [UInt8] {
        var hasher = SHA1()
        try content.forEachPiece { piece throws(FarmError) in
            try check()
            piece.withUnsafeBytes { hasher.update($0) }
        }
        return hasher.finish()
    }
}
