import FarmModel
import Foundation
import Testing

/// The parser and writer against Foundation's.
@Suite struct JSONOracleTests {
    @Test(arguments: 0..<8) func randomValuesAreReadAlike(_ seed: UInt64) throws {
        var source = RandomJSON(state: seed)
        for _ in 0..<250 {
            let value = source.value(depth: 4)
            let text = value.text
            #expect(try JSONDecoder().decode(DecodedJSON.self, from: Data(text.utf8)).isSame(as: value), "\(text)")
            #expect(try JSONParser.parse(text) == value)
            #expect(try JSONParser.parse(value.canonicalText).canonicalText == value.canonicalText)
        }
    }

    @Test(arguments: 0..<8) func foundationsTextIsReadAlike(_ seed: UInt64) throws {
        var source = RandomJSON(state: seed &+ 1000)
        for _ in 0..<250 {
            let value = JSONValue.array([source.value(depth: 4)])
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let decoded = try JSONDecoder().decode(DecodedJSON.self, from: Data(value.text.utf8))
            let text = try encoder.encode(decoded)
            #expect(decoded.isSame(as: try JSONParser.parse(bytes: Array(text))))
        }
    }

    /// A byte more, less or other: what is still accepted, Foundation accepts too, as the same value.
    @Test(arguments: 0..<8) func damagedTextsNeverCrashAndAreJudgedAlike(_ seed: UInt64) throws {
        var source = RandomJSON(state: seed &+ 2000)
        for _ in 0..<500 {
            let bytes = source.damaged(Array(source.value(depth: 3).text.utf8))
            guard let value = try? JSONParser.parse(bytes: bytes) else { continue }
            let oracle = try? JSONDecoder().decode(DecodedJSON.self, from: Data(bytes))
            #expect(oracle?.isSame(as: value) == true, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func decoderReadsWhatTheWriterWrote() throws {
        struct Record: Codable, Equatable {
            var name: String
            var numbers: [Int64]
            var nested: [String: Double]
            var flag: Bool
        }
        let record = Record(
            name: "a\u{1}\"\\/é😀\u{7f}\u{2028}", numbers: [.min, -1, 0, .max], nested: ["x": 0.1, "y": -1e300], flag: true)
        let value = try JSONParser.parse(bytes: Array(JSONEncoder().encode(record)))
        #expect(try JSONDecoder().decode(Record.self, from: Data(value.text.utf8)) == record)
    }
}

/// A JSON value as Foundation's coders see it. (JSONSerialization is no oracle for doubles: it rounds twice.)
private enum DecodedJSON: Codable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([DecodedJSON])
    case object([String: DecodedJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([DecodedJSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: DecodedJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    func isSame(as value: JSONValue) -> Bool {
        switch (self, value) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.int(let left), .double(let right)): Double(left) == right
        case (.double(let left), .double(let right)): left == right
        case (.string(let left), .string(let right)): Array(left.unicodeScalars) == Array(right.unicodeScalars)
        case (.array(let left), .array(let right)): left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            left.count == right.members.count && right.members.allSatisfy { left[$0.key]?.isSame(as: $0.value) ?? false }
        default: false
        }
    }
}

/// Makes random values and damages texts; the same for the same seed.
private struct RandomJSON: RandomNumberGenerator {
    var state: UInt64

    /// xorshift64*, George Marsaglia's family (https://www.jstatsoft.org/article/view/v008i14).
    mutating func next() -> UInt64 {
        if state == 0 { state = 0x1234_5678_9ABC_DEF1 }
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func value(depth: Int) -> JSONValue {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .int(Int64(bitPattern: next()) >> below(64))
        case 3: return .double(number())
        case 4: return .string(text())
        case 5, 6: return .array((0..<below(4)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for index in 0..<below(4) { object["\(index)" + text()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func number() -> Double {
        let number = Double(bitPattern: next())
        return number.isFinite ? number : 0.5
    }

    private mutating func text() -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "\u{2028}", "😀", "\u{301}", " ",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<below(6) { text.append(alphabet[below(alphabet.count)]) }
        return String(text)
    }

    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let index = below(bytes.count)
        let byte = Array("{}[]\",:\\u0123eE+-. tfn\u{0}\n".utf8)[below(24)]
        switch below(3) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(byte, at: index)
        default: bytes[index] = byte
        }
        return bytes
    }
}
