internal import FarmModel

/// Names of keys, which stand in packages as parts of file names: `melange.rsa.pub`.
enum KeyName {
    /// The longest name, in bytes: with `.SIGN.RSA256.` before it, it fits a header of an archive.
    static let sizeLimit = 87

    /// Checks a name.
    /// - Throws: `badInput` for one that is no file name.
    static func check(_ name: String) throws(FarmError) {
        let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        guard isPlain, !name.isEmpty, name.utf8.count <= sizeLimit, name.utf8.first != UInt8(ascii: ".") else {
            let excerpt = JSONValue.string(String(name.prefix(100))).text
            throw FarmError(.badInput, "\(excerpt) is not a key's name; name its file like melange.rsa.pub")
        }
    }
}
