/// Why a text is no term of apk's constraint language.
struct DependencyFault: Error {
    /// Goes after a colon.
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Reads terms of apk's constraint language.
enum DependencyScanner {
    /// A term that a person wrote: spaces around operators are nothing, a tag may follow the name or the version, and the version is one.
    static func strict(_ text: some StringProtocol) throws(DependencyFault) -> Dependency {
        let term = try term(trimmed(Substring(text)), readsTags: true)
        guard term.name.utf8.allSatisfy({ $0 > UInt8(ascii: " ") && $0 != 127 }) else { throw DependencyFault("a name has no spaces") }
        guard !term.name.hasPrefix("!") else { throw DependencyFault("one ! is enough") }
        if term.comparison != nil, PackageVersion(term.version) == nil {
            throw DependencyFault("\(term.version.quoted) is not a version")
        }
        return term
    }

    /// A term of the form `[!]name[operator version]`; `name@tag` and `version@tag` only if wanted.
    static func term(_ text: Substring, readsTags: Bool = false) throws(DependencyFault) -> Dependency {
        var rest = text
        let isConflict = rest.utf8.first == UInt8(ascii: "!")
        if isConflict { rest = Substring(rest.utf8.dropFirst()) }
        var name = Substring(rest.utf8.prefix { !isOperator($0) })
        rest = Substring(rest.utf8.dropFirst(name.utf8.count))
        let operators = Substring(rest.utf8.prefix(while: isOperator))
        var version = trimmed(Substring(rest.utf8.dropFirst(operators.utf8.count)))
        name = trimmed(name)
        let tag = readsTags ? try takeTag(from: &name, and: &version) : nil
        guard !name.isEmpty else { throw DependencyFault("the name is missing") }
        let comparison = try comparison(operators, version)
        return Dependency(name: String(name), comparison, version: String(version), tag: tag, isConflict: isConflict)
    }

    /// A term as nearly all of an index are, read as ``term(_:readsTags:)`` does: a name alone, or with `=` and a version; nil for others.
    static func plainTerm(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Dependency? {
        var equals: Int?
        for place in bytes.indices {
            switch bytes[place] {
            case UInt8(ascii: "="):
                guard equals == nil else { return nil }
                equals = place
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "\t"): return nil
            default: break
            }
        }
        guard let equals else { return Dependency(name: String(decoding: bytes, as: UTF8.self)) }
        let (name, version) = (bytes[..<equals], bytes[(equals + 1)...])
        guard !name.isEmpty, !version.isEmpty else { return nil }
        return Dependency(name: String(decoding: name, as: UTF8.self), .equal, version: String(decoding: version, as: UTF8.self))
    }

    private static func comparison(_ operators: Substring, _ version: Substring) throws(DependencyFault) -> Dependency.Comparison? {
        guard !operators.isEmpty else { return nil }
        guard let comparison = Dependency.Comparison(operators: operators) else {
            throw DependencyFault("\(String(operators).quoted) is none of = < <= > >= ~ >~ <~")
        }
        guard !version.isEmpty else { throw DependencyFault("a version must follow \(comparison.rawValue)") }
        return comparison
    }

    /// The one tag after the name or the version.
    private static func takeTag(from name: inout Substring, and version: inout Substring) throws(DependencyFault) -> String? {
        let tags = [splitTag(from: &name), splitTag(from: &version)].compactMap(\.self)
        guard let tag = tags.first else { return nil }
        guard tags.count == 1 else { throw DependencyFault("it has two tags") }
        guard !tag.isEmpty, tag.utf8.allSatisfy({ $0.isAlphanumeric || "._-".utf8.contains($0) }) else {
            throw DependencyFault("\(String(tag).quoted) is not a tag: after @ go letters, digits, dots, dashes and underscores")
        }
        return String(tag)
    }

    private static func splitTag(from text: inout Substring) -> Substring? {
        guard let place = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return nil }
        let tag = text[text.utf8.index(after: place)...]
        text = text[..<place]
        return tag
    }

    private static func isOperator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "~"): true
        default: false
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        // Names and versions of indexes never have any: a look at both ends will do.
        if let first = text.utf8.first, let last = text.utf8.last, !isSpace(first), !isSpace(last) { return text }
        guard let first = text.utf8.firstIndex(where: { !isSpace($0) }), let last = text.utf8.lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return text[first...last]
    }
}

extension Dependency.Comparison {
    /// Reads an operator by which of its four characters there are, as apk does: `>=`, `=>`, `~=` and `=~` are all ones.
    fileprivate init?(operators: Substring) {
        guard operators.utf8.count <= 3 else { return nil }
        let has = { (character: Unicode.Scalar) in operators.utf8.contains(UInt8(ascii: character)) }
        let isFuzzy = has("~")
        switch (has("<"), has(">"), has("=")) {
        case (true, true, _): return nil
        case (true, false, let isEqual): self = isFuzzy ? .lessOrFuzzy : isEqual ? .lessOrEqual : .less
        case (false, true, let isEqual): self = isFuzzy ? .greaterOrFuzzy : isEqual ? .greaterOrEqual : .greater
        case (false, false, _): self = isFuzzy ? .fuzzy : .equal
        }
    }
}
