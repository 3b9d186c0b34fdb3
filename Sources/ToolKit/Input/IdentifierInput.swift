public import FarmModel
internal import HostSystem

/// The ids that a tool is to work on: arguments, and what another tool wrote on its standard output.
public enum IdentifierInput {
    /// The most bytes of ids and records on standard input.
    private static let limit = 256 << 20

    /// A digest with its algorithm has 71 bytes.
    private static let longestWord = 80

    /// The records whose `id` is one to work on.
    private static let kinds = ["build", "job", "why", "attempt", "history", "runner", "pin"]

    /// The ids in the order given, each once, as they were written: they may be prefixes that the store resolves.
    ///
    /// Where `-` stands, standard input is read: an id a line, or records of builds, jobs, attempts, their history, runners and pins, of which the `id` is taken;
    /// JSON may be in one array and on several lines. Nothing on standard input means no ids.
    /// - Throws: `badInput` for anything else on standard input, `usage` for a second `-`.
    public static func read(_ arguments: [String], in context: ToolContext) throws(FarmError) -> [String] {
        guard arguments.lazy.filter({ $0 == "-" }).count < 2 else {
            throw FarmError(.usage, "- stands twice, but there is only one standard input")
        }
        var ids: [String] = []
        for argument in arguments {
            if argument == "-" { ids += try identifiers(in: standardInput(context)) } else { ids.append(argument) }
        }
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }

    private static func standardInput(_ context: ToolContext) throws(FarmError) -> [UInt8] {
        try InputFiles.readStandardInput(in: context, limit: limit)
    }

    /// Whether a text begins with an id or a record whose `id` is one to work on, and so is no document.
    public static func begins(_ bytes: [UInt8]) -> Bool {
        var scanner = ValueScanner(bytes)
        guard let piece = scanner.next() else { return false }
        guard piece.isJSON else { return isIdentifier(String(decoding: piece.bytes, as: UTF8.self)) }
        guard let record = try? JSONParser.parse(bytes: Array(piece.bytes)), let kind = record["kind"]?.string else { return false }
        return kinds.contains(kind) && record["id"]?.string != nil
    }

    private static func isIdentifier(_ line: String) -> Bool {
        let text = line.filter { !$0.isWhitespace }
        return [
            BuildID.range(ofPrefix: text), JobID.range(ofPrefix: text), AttemptID.range(ofPrefix: text), RunnerID.range(ofPrefix: text),
        ]
        .contains { $0 != nil }
    }

    /// The ids in a text of ids, a line each, and records.
    /// - Throws: `badInput` for anything else.
    public static func identifiers(in bytes: [UInt8]) throws(FarmError) -> [String] {
        var scanner = ValueScanner(bytes)
        var ids: [String] = []
        while let piece = scanner.next() {
            if piece.isJSON {
                ids += try identifiers(inJSON: piece)
            } else {
                ids.append(try identifier(inLine: piece))
            }
        }
        return ids
    }

    private static func identifier(inLine piece: ValueScanner.Piece) throws(FarmError) -> String {
        let text = String(decoding: piece.bytes, as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let word = words.first, words.count == 1, word.utf8.count <= longestWord else {
            throw error(piece, "expected one id a line, found \(JSONValue.string(TextCut.of(text, columns: 60, usesUnicode: true)).text)")
        }
        return String(word)
    }

    private static func identifiers(inJSON piece: ValueScanner.Piece) throws(FarmError) -> [String] {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONParser.parse(bytes: Array(piece.bytes))
        } catch let syntax {
            throw FarmError(.badInput, "standard input, line \(piece.line + syntax.line - 1): not JSON: \(syntax.reason)")
        }
        var ids: [String] = []
        for record in value.array ?? [value] { ids.append(try identifier(of: record, piece)) }
        return ids
    }

    private static func identifier(of record: JSONValue, _ piece: ValueScanner.Piece) throws(FarmError) -> String {
        if let kind = record["kind"]?.string, !kinds.contains(kind) {
            let found = JSONValue.string(TextCut.of(kind, columns: 60, usesUnicode: true)).text
            throw error(piece, "a record of kind \(found) has no id; expected one of \(kinds.joined(separator: ", "))")
        }
        guard let id = record["id"]?.string, !id.isEmpty else { throw error(piece, "expected a record with an \"id\"") }
        return id
    }

    private static func error(_ piece: ValueScanner.Piece, _ message: String) -> FarmError {
        FarmError(.badInput, "standard input, line \(piece.line): \(message)")
    }
}
