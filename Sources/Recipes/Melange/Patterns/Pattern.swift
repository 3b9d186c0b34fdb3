/// A regular expression in the syntax of RE2 and Go (https://pkg.go.dev/regexp/syntax), matched in linear time.
struct Pattern: Sendable {
    private let program: PatternProgram
    /// The names of the groups; the first is the whole match.
    private let groups: [String?]

    /// Reads and compiles a pattern.
    init(_ text: String) throws(PatternFault) {
        guard text.utf8.count <= MelangeLimits.transformedBytes else {
            throw PatternFault(message: "longer than \(MelangeLimits.transformedBytes) bytes")
        }
        var parser = PatternParser(text)
        let node = try parser.parse()
        groups = parser.groups
        program = try PatternProgram(node, groups: groups.count)
    }

    /// The texts of the first match and its groups, nil for those that take no part; nil if nothing matches.
    func firstMatch(in text: String, budget: inout Int) throws(PatternFault) -> [String?]? {
        let scalars = text.unicodeScalars.map(\.value)
        var machine = PatternMachine(program, text: scalars, budget: budget)
        defer { budget = machine.budget }
        return try machine.match(from: 0).map { places in
            groups.indices.map { group in places[2 * group] < 0 ? nil : String(scalars[places[2 * group]..<places[2 * group + 1]]) }
        }
    }

    /// The text with a template in the place of each match; an empty match that touches the one before it does not count.
    /// - Parameter budget: How many steps the matcher may take; what it took is gone afterwards.
    func replacing(in text: String, with template: PatternTemplate, budget: inout Int) throws(PatternFault) -> String {
        let scalars = text.unicodeScalars.map(\.value)
        var machine = PatternMachine(program, text: scalars, budget: budget)
        defer { budget = machine.budget }
        var result: [UInt32] = []
        var end = 0
        var position = 0
        while position <= scalars.count, let places = try machine.match(from: position) {
            result += scalars[end..<places[0]]
            if places[1] > end || places[0] == 0 { result += template.expansion(of: places, groups: groups, in: scalars) }
            guard result.count <= MelangeLimits.valueBytes else { throw PatternFault(message: "the result is too long") }
            end = places[1]
            position = max(position + 1, end)
        }
        result += scalars[end...]
        return String(result[...])
    }
}

extension String {
    /// A text of scalars.
    fileprivate init(_ scalars: ArraySlice<UInt32>) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars.lazy.compactMap { Unicode.Scalar($0) })
        self.init(view)
    }
}
