internal import BuildKitClient

/// The steps of a build as lines of a log, in the form that users of `docker build` know: each step has a number, and each of its lines
/// begins with that.
///
/// A daemon marks where it left out something of what a step printed: with a line `[output clipped, log limit …` in brackets, which stays
/// where it is.
struct VertexLog {
    private struct Vertex {
        var number: Int
        /// When it began, in milliseconds.
        var start: Int64
        /// What it printed after the last line feed.
        var rest: [UInt8] = []
        var hasEnded = false
    }

    /// A line without end is broken off here.
    private static let longestLine = 16_384
    /// Steps that are followed; nobody writes a Dockerfile that has more.
    private static let most = 20_000
    private static let mark = (start: Array("[output clipped, log limit ".utf8), end: Array(" reached]".utf8))
    private static let lineFeed = UInt8(ascii: "\n")

    private var vertices: [String: Vertex] = [:]

    /// Whether the daemon left something out.
    private(set) var isClipped = false

    /// What is to be written about an event.
    /// - Parameter now: in milliseconds.
    mutating func take(_ event: BuildEvent, now: Int64) -> [UInt8] {
        switch event {
        case .step(let step): take(step, now)
        case .log(let digest, let bytes): take(bytes, of: digest)
        case .warning(let text): Array("warning: \(Self.line(text))\n".utf8)
        }
    }

    private mutating func take(_ step: BuildEvent.Step, _ now: Int64) -> [UInt8] {
        guard step.hasStarted || step.hasEnded || step.isCached else { return [] }
        var output: [UInt8] = []
        if vertices[step.digest] == nil {
            guard vertices.count < Self.most else { return [] }
            let number = vertices.count + 1
            vertices[step.digest] = Vertex(number: number, start: now)
            output += "#\(number) \(Self.line(step.name))\n".utf8
        }
        guard step.hasEnded, var vertex = vertices[step.digest], !vertex.hasEnded else { return output }
        output += rest(of: &vertex)
        vertex.hasEnded = true
        vertices[step.digest] = vertex
        return output + "#\(vertex.number) \(Self.end(step, now - vertex.start))\n".utf8
    }

    private static func end(_ step: BuildEvent.Step, _ milliseconds: Int64) -> String {
        if let error = step.error { return "ERROR: \(line(error))" }
        if step.isCached { return "CACHED" }
        return "DONE \(milliseconds / 1_000).\(milliseconds % 1_000 / 100)s"
    }

    private mutating func take(_ bytes: [UInt8], of digest: String) -> [UInt8] {
        guard var vertex = vertices[digest] else { return [] }
        vertices[digest] = nil
        var output: [UInt8] = []
        for part in bytes.split(separator: Self.lineFeed, omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 { output += line(&vertex) }
            vertex.rest += part.element
            if vertex.rest.count > Self.longestLine { output += line(&vertex) }
        }
        vertices[digest] = vertex
        return output
    }

    /// What is left of all steps, once the build is over.
    mutating func finish() -> [UInt8] {
        var output: [UInt8] = []
        for digest in vertices.sorted(by: { $0.value.number < $1.value.number }).map(\.key) {
            guard var vertex = vertices[digest] else { continue }
            output += rest(of: &vertex)
            vertices[digest] = vertex
        }
        return output
    }

    private mutating func rest(of vertex: inout Vertex) -> [UInt8] { vertex.rest.isEmpty ? [] : line(&vertex) }

    private mutating func line(_ vertex: inout Vertex) -> [UInt8] {
        defer { vertex.rest = [] }
        if vertex.rest.starts(with: Self.mark.start), vertex.rest.suffix(Self.mark.end.count).elementsEqual(Self.mark.end) {
            isClipped = true
        }
        return Array("#\(vertex.number) ".utf8) + vertex.rest + [Self.lineFeed]
    }

    private static func line(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }
}
