/// A file of pkg-config (pc(5)): variables, and fields of which some name other such files.
struct PackageConfigurationFile {
    private static let fields: Set<String> = ["Requires", "Requires.private", "Requires.internal"]
    private static let valueLimit = 4_096
    private static let requirementLimit = 1_000

    /// The modules that it names, each once, in their order.
    let requirements: [String]

    /// Reads a file.
    init(_ text: String) {
        var variables: [String: String] = [:]
        var names: [String] = []
        for line in Self.lines(of: text) {
            guard let end = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else { continue }
            let key = Self.trimmed(line[..<end])
            let value = Self.trimmed(line[line.index(after: end)...])
            if line[end] == "=" {
                variables[key] = Self.expanded(value, variables)
            } else if Self.fields.contains(key) {
                names += Self.modules(in: Self.expanded(value, variables))
            }
        }
        var seen: Set<String> = []
        requirements = Array(names.filter { seen.insert($0).inserted }.prefix(Self.requirementLimit))
    }

    /// Without comments; a backslash at a line's end joins it with the next.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var isContinued = false
        for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let line = raw.prefix { $0 != "#" }
            let content = line.hasSuffix("\\") ? line.dropLast() : line
            if isContinued, let last = lines.indices.last { lines[last] += content } else { lines.append(String(content)) }
            isContinued = line.hasSuffix("\\")
        }
        return lines
    }

    /// Puts in values for `${name}`, as far as they are known.
    private static func expanded(_ text: String, _ variables: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "$"), result.utf8.count < valueLimit {
            result += rest[..<start]
            rest = rest[start...]
            guard rest.hasPrefix("${"), let end = rest.firstIndex(of: "}") else {
                result += "$"
                rest = rest.dropFirst()
                continue
            }
            result += variables[String(rest[rest.index(start, offsetBy: 2)..<end])] ?? ""
            rest = rest[rest.index(after: end)...]
        }
        result += rest
        return String(result.prefix(valueLimit))
    }

    /// The names of a list, without the versions that they must have.
    private static func modules(in list: String) -> [String] {
        var names: [String] = []
        var isVersion = false
        for word in list.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\t" }) {
            let name = word.prefix { !"<>=!".contains($0) }
            if !isVersion, DependencyText.isName(name) { names.append(String(name)) }
            // After an operator at a word's end comes the version.
            isVersion = word.last.map { "<>=!".contains($0) } ?? false
        }
        return names
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text.drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
