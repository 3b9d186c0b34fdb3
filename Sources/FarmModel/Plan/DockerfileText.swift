/// What a Dockerfile says of the images it begins with, as far as that can be known without building it.
public struct DockerfileText: Sendable {
    private let lines: [Substring]

    /// The text of a Dockerfile.
    public init(_ text: String) { lines = text.split(whereSeparator: \.isNewline) }

    /// Whether it means the same images another time: each is `scratch`, an earlier stage, or has a digest. What cannot be told for sure, for
    /// instance a name with a variable in it, counts as no.
    ///
    /// Lines are looked at one by one, whatever they continue: that can only find more images than there are.
    public var hasFixedImages: Bool {
        var stages: Set<String> = []
        var count = 0
        for line in lines {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard let first = words.first else { continue }
            if first.hasPrefix("#") {
                guard Self.isFixedDirective(line) else { return false }
            } else if first.uppercased() == "FROM" {
                guard let image = words.dropFirst().first(where: { !$0.hasPrefix("--") }), Self.isFixed(image, stages) else { return false }
                stages.insert("\(count)")
                count += 1
                if words.count > 2, words[words.count - 2].uppercased() == "AS" { stages.insert(words[words.count - 1].lowercased()) }
            } else if !words.flatMap(Self.origins(in:)).allSatisfy({ Self.isFixed($0, stages) }) {
                return false
            }
        }
        return !stages.isEmpty
    }

    /// `# syntax=IMAGE` names the program that reads the rest.
    private static func isFixedDirective(_ line: Substring) -> Bool {
        let text = line.filter { !$0.isWhitespace }.lowercased()
        return !text.hasPrefix("#syntax=") || text.contains("@sha256:")
    }

    /// The images after `--from=` and in `--mount=from=`.
    private static func origins(in word: String) -> [String] {
        guard word.hasPrefix("--") else { return [] }
        return word.split(whereSeparator: { $0 == "," || $0 == " " }).compactMap { part in
            part.ranges(of: "from=").first.map { String(part[$0.upperBound...]) }
        }
    }

    private static func isFixed(_ image: String, _ stages: Set<String>) -> Bool {
        if image.contains("$") { return false }
        return image == "scratch" || image.contains("@sha256:") || stages.contains(image.lowercased())
    }
}
