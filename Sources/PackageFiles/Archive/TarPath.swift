internal import FarmModel

/// Paths as archives have them.
enum TarPath {
    /// The path without `./` before it and the slash after it; empty for the root itself.
    /// - Throws: for anything that could lead elsewhere, or that the kernel or apk's database could not hold.
    static func checked(_ bytes: [UInt8]) throws(TarProblem) -> String {
        var rest = bytes[...]
        while rest.starts(with: [UInt8(ascii: "."), UInt8(ascii: "/")]) { rest = rest.dropFirst(2) }
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        if rest.isEmpty && !bytes.isEmpty || rest.elementsEqual([UInt8(ascii: ".")]) { return "" }
        guard let text = String(validating: rest, as: UTF8.self) else { throw problem(rest, "is not UTF-8") }
        if rest.contains(where: { $0 < 0x20 || $0 == 0x7F }) { throw problem(rest, "has control characters") }
        if rest.count > TarLimits.path { throw problem(rest, "has more than \(TarLimits.path) bytes") }
        if text.isAbsolutePath { throw problem(rest, "is absolute") }
        guard text.hasOnlyPathNames else { throw problem(rest, "has an empty name, . or .. in it") }
        let names = text.pathNames()
        if names.count > TarLimits.depth { throw problem(rest, "is deeper than \(TarLimits.depth)") }
        if names.contains(where: { $0.utf8.count > TarLimits.name }) {
            throw problem(rest, "has a name of more than \(TarLimits.name) bytes")
        }
        return text
    }

    /// The text of a symbolic link, which may lead anywhere.
    static func linkText(_ bytes: [UInt8]) throws(TarProblem) -> String {
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.isEmpty, bytes.count <= TarLimits.path, !bytes.contains(0) else {
            throw problem(bytes[...], "is no text of a symbolic link")
        }
        return text
    }

    /// A path as a message can show it.
    static func shown(_ path: some Collection<UInt8>) -> String {
        JSONValue.string(String(decoding: path.prefix(300), as: UTF8.self)).text
    }

    private static func problem(_ path: ArraySlice<UInt8>, _ reason: String) -> TarProblem {
        TarProblem.refused("the path \(shown(path)) \(reason)")
    }
}
