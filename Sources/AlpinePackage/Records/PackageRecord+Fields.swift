import FarmModel

extension PackageRecord {
    /// A record that fields are put into.
    init() { self.init(name: "", version: "", architecture: "") }

    /// Puts the text of a field in. As in apk, lists grow and of other fields the last one counts.
    ///
    /// - Throws: ``FarmError`` that says what is wrong with the text.
    mutating func set(_ field: PackageField, to text: String) throws(FarmError) {
        switch field {
        case .checksum: controlChecksum = try Self.checksum(text)
        case .name: name = try PackageWord.name.checked(text)
        case .version: version = try PackageWord.version.checked(text)
        case .architecture: architecture = text.isEmpty ? "" : try PackageWord.architecture.checked(text)
        case .summary: summary = text
        case .url: url = text
        case .license: license = text
        case .origin: origin = text.isEmpty ? nil : text
        case .maintainer: maintainer = text.isEmpty ? nil : text
        case .commit: commit = text.isEmpty ? nil : text
        case .size, .installedSize, .buildTime, .providerPriority, .replacesPriority: set(field, to: try Self.number(text))
        case .dependencies: dependencies += Dependency.list(try text.checkedList())
        case .provides: provides += Dependency.list(try text.checkedList())
        case .replaces: replaces += Dependency.list(try text.checkedList())
        case .installIf: installIf += Dependency.list(try text.checkedList())
        }
    }

    private mutating func set(_ field: PackageField, to number: Int64) {
        switch field {
        case .size: size = number
        case .installedSize: installedSize = number
        case .buildTime: buildTime = number
        case .providerPriority: providerPriority = number
        case .replacesPriority: replacesPriority = number
        default: break
        }
    }

    private static func number(_ text: String) throws(FarmError) -> Int64 {
        guard let number = Int64(text), number >= 0 else { throw FarmError(.badInput, "\(text.quoted) is not a whole number") }
        return number
    }

    /// `Q1` and the base64 text of a SHA-1. Other kinds are newer or older than what is checked here: nothing is known then.
    private static func checksum(_ text: String) throws(FarmError) -> [UInt8] {
        guard text.hasPrefix("Q1") else { return [] }
        guard let bytes = Base64.bytes(of: String(Substring(text.utf8.dropFirst(2)))), bytes.count == 20 else {
            throw FarmError(.badInput, "\(text.quoted) is not Q1 and the base64 text of 20 bytes")
        }
        return bytes
    }

    /// Makes sure that a record tells which package it is of.
    func checkIdentity() throws(FarmError) {
        guard !name.isEmpty else { throw FarmError(.badInput, "the package has no name") }
        guard !version.isEmpty else { throw FarmError(.badInput, "the package \(name.quoted) has no version") }
    }
}

/// A text that file names are made of: it must not lead anywhere else.
private enum PackageWord: String {
    case name = "a package name"
    case version = "a version"
    case architecture = "an architecture"

    func checked(_ text: String) throws(FarmError) -> String {
        let bytes = text.utf8
        guard let first = bytes.first, first.isAlphanumeric, bytes.count <= 256, bytes.allSatisfy(isPart) else {
            throw FarmError(.badInput, "\(text.quoted) is not \(rawValue)")
        }
        return text
    }

    private func isPart(_ byte: UInt8) -> Bool {
        if byte.isAlphanumeric { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"): return true
        case UInt8(ascii: "~"): return self == .version
        default: return false
        }
    }
}

extension String {
    /// The text of a list. A control character cannot be written again, and without it a word of the list could mean something else.
    func checkedList() throws(FarmError) -> String {
        guard !utf8.contains(where: \.isControl) else { throw FarmError(.badInput, "\(quoted) has a control character") }
        return self
    }
}
