public import FarmModel

/// What a package says of itself: the text of `.PKGINFO` in its control segment, of lines `key = value`
/// (https://wiki.alpinelinux.org/wiki/Apk_spec#PKGINFO_Format).
public struct PackageInfo: Sendable, Hashable {
    /// What an index has too; the size of the file and the checksum of the control segment are not known here.
    public var record: PackageRecord
    /// `datahash`: the SHA-256 of the data segment as it stands in the file, in hexadecimal digits.
    public var dataHash: String?
    /// `triggers`: the folders, with wildcards, whose changes the package's trigger script wants to know of.
    public var triggers: [String]
    /// `packager`: who built it.
    public var packager: String?

    /// The longest text that is read, in bytes.
    public static let largestSize = 16 << 20

    /// The information on a package.
    public init(record: PackageRecord, dataHash: String? = nil, triggers: [String] = [], packager: String? = nil) {
        self.record = record
        self.dataHash = dataHash
        self.triggers = triggers
        self.packager = packager
    }

    /// Reads the text of `.PKGINFO`; unknown keys and comments are passed over.
    ///
    /// - Throws: ``FarmError`` with ``ExitStatus/badInput`` that names the line and the key.
    public init(parsing bytes: [UInt8]) throws(FarmError) {
        guard bytes.count <= Self.largestSize else {
            throw FarmError(.badInput, ".PKGINFO is larger than \(Self.largestSize) bytes")
        }
        let result = bytes.withUnsafeBytes { buffer in Result { () throws(FarmError) in try PackageInfo(reading: buffer) } }
        self = try result.get()
    }

    /// Reads the text of `.PKGINFO`, as ``init(parsing:)-([UInt8])`` does.
    public init(parsing text: String) throws(FarmError) { try self.init(parsing: Array(text.utf8)) }

    private init(reading bytes: UnsafeRawBufferPointer) throws(FarmError) {
        self.init(record: PackageRecord())
        var lines = TextLines(bytes)
        do {
            while let line = try lines.next() {
                guard line.first != UInt8(ascii: "#") else { continue }
                try read(String(decoding: line, as: UTF8.self))
            }
            try record.checkIdentity()
        } catch {
            throw FarmError(error.status, ".PKGINFO, line \(lines.number): \(error.message)")
        }
    }

    private mutating func read(_ line: String) throws(FarmError) {
        guard let equals = line.utf8.firstIndex(of: UInt8(ascii: "=")) else { return }
        let key = Self.trimmed(line[..<equals])
        let value = Self.trimmed(line[line.utf8.index(after: equals)...])
        do {
            try set(key, to: value)
        } catch {
            throw FarmError(error.status, "\(key): \(error.message)")
        }
    }

    private mutating func set(_ key: String, to value: String) throws(FarmError) {
        switch key {
        case "datahash": dataHash = try Self.hash(value)
        case "triggers": triggers += try value.checkedList().utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        case "packager": packager = value.isEmpty ? nil : value
        default:
            guard let field = PackageField(key: key) else { return }
            try record.set(field, to: value)
        }
    }

    private static func hash(_ text: String) throws(FarmError) -> String {
        guard let digest = Digest(text), text.utf8.count == 64 else {
            throw FarmError(.badInput, "\(text.quoted) is not the 64 hexadecimal digits of a SHA-256")
        }
        return digest.hex
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
        guard let first = text.utf8.firstIndex(where: { !isSpace($0) }), let last = text.utf8.lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(text[first...last])
    }
}
