/// What takes the place of a match: `$1`, `${1}` and `${name}` mean groups, `$$` a dollar, as in Go's `Regexp.Expand`
/// (https://pkg.go.dev/regexp#Regexp.Expand).
struct PatternTemplate: Sendable {
    private enum Part: Sendable {
        case text([UInt32])
        case group(String)
    }

    private var parts: [Part] = []

    /// Reads a template; a dollar that begins no name stands for itself, and unknown names for nothing.
    init(_ text: String) {
        var rest = text.unicodeScalars.map(\.value)[...]
        while let dollar = rest.firstIndex(of: 0x24) {
            add(rest[..<dollar])
            rest = rest[(dollar + 1)...]
            if rest.first == 0x24 {
                add(rest.prefix(1))
                rest = rest.dropFirst()
            } else if let name = Self.takeName(&rest) {
                parts.append(.group(name))
            } else {
                parts.append(.text([0x24]))
            }
        }
        add(rest)
    }

    private mutating func add(_ scalars: ArraySlice<UInt32>) {
        if !scalars.isEmpty { parts.append(.text(Array(scalars))) }
    }

    /// Takes `name` or `{name}` from the front, the longest run of letters, digits and underscores.
    private static func takeName(_ rest: inout ArraySlice<UInt32>) -> String? {
        let isBraced = rest.first == 0x7B
        let body = isBraced ? rest.dropFirst() : rest
        let name = body.prefix { ScalarSet.word.contains($0) }
        guard !name.isEmpty else { return nil }
        let after = body[name.endIndex...]
        if isBraced, after.first != 0x7D { return nil }
        rest = isBraced ? after.dropFirst() : after
        return String(decoding: name.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    /// The template with the groups of a match; what is beyond the largest value of a variable is left out.
    func expansion(of places: [Int], groups: [String?], in text: [UInt32]) -> [UInt32] {
        var expansion: [UInt32] = []
        for part in parts where expansion.count <= MelangeLimits.valueBytes {
            switch part {
            case .text(let scalars): expansion += scalars
            case .group(let name):
                guard let group = Int(name) ?? groups.firstIndex(of: name), groups.indices.contains(group) else { continue }
                if places[2 * group] >= 0 { expansion += text[places[2 * group]..<places[2 * group + 1]] }
            }
        }
        return expansion
    }
}
