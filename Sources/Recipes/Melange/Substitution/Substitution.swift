import BuildGraph
import Documents

/// Why the variables of a text cannot be replaced.
struct SubstitutionFault: Error, Equatable {
    /// What is wrong, on one line.
    var message: String
    /// The name that no variable has, if that is it.
    var unknownName: String?

    /// That something is wrong.
    init(message: String) { self.message = message }

    /// That there is no such variable.
    init(unknown name: String) {
        message = "unknown variable \("${{\(name)}}".quoted)"
        unknownName = name
    }

    /// The message, with what may have been meant.
    func advised(among names: [String]) -> String {
        message + (unknownName.flatMap { suggestion(for: $0, among: names) }.map { ", did you mean ${{\($0)}}?" } ?? "")
    }
}

/// Replaces `${{name}}` in texts, in one pass: what is put in is not looked at again.
enum Substitution {
    private static let marker = Array("${{".utf8)

    /// The text with the values of its variables.
    /// - Parameters:
    ///   - limit: How many bytes the result may have.
    ///   - value: The value of a variable.
    static func replacing(
        in text: String, limit: Int = MelangeLimits.textBytes, value: (String) throws(SubstitutionFault) -> String
    ) throws(SubstitutionFault) -> String {
        guard var start = firstMarker(in: text.utf8[...]) else { return text }
        var result = ""
        var rest = text.startIndex
        while true {
            result += text[rest..<start]
            let (name, end) = try reference(in: text, at: start)
            result += try value(name)
            guard result.utf8.count <= limit else {
                throw SubstitutionFault(message: "longer than \(limit) bytes once its variables are replaced")
            }
            rest = end
            guard let next = firstMarker(in: text.utf8[rest...]) else { break }
            start = next
        }
        result += text[rest...]
        return result
    }

    private static func firstMarker(in bytes: Substring.UTF8View) -> String.Index? {
        var rest = bytes
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            rest = rest[dollar...]
            if rest.starts(with: marker) { return dollar }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// The name of the variable whose marker stands at a place, and where the text goes on.
    private static func reference(in text: String, at start: String.Index) throws(SubstitutionFault) -> (name: String, end: String.Index) {
        var rest = text.utf8[start...].dropFirst(marker.count).drop(while: \.isBlank)
        let name = rest.prefix(while: \.isVariableByte)
        rest = rest[name.endIndex...].drop(while: \.isBlank)
        guard rest.starts(with: "}}".utf8) else {
            throw SubstitutionFault(message: "\(String(text[start...].prefix(40)).quoted) is no variable; write ${{name}}")
        }
        guard !name.isEmpty else { throw SubstitutionFault(message: "a variable without a name; write ${{name}}") }
        return (String(Substring(name)), rest.dropFirst(2).startIndex)
    }
}

extension UInt8 {
    /// A space, tab or line end.
    var isBlank: Bool { self == 32 || (9...10).contains(self) || self == 13 }

    /// What names of variables are made of; names of packages, which stand in `targets.package.NAME`, among them.
    var isVariableByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"): true
        default: false
        }
    }
}
