import FarmModel

@testable import FarmStore

/// The log masker. The input: a line of secrets with tabs between them, a line whose bytes are the lengths of the pieces, the log.
///
/// However the log is cut, exactly the bytes of secrets and their encodings are replaced, and nothing else changes.
enum MaskTarget {
    private static let replacement = Array("***".utf8)

    static func check(_ input: Input) -> CInt {
        var input = input
        let secrets = input.line().split(separator: UInt8(ascii: "\t")).prefix(8).map { Array($0) }
        let lengths = input.line().map { Int($0 & 31) + 1 }
        let log = Array(input.rest.prefix(4096))
        let forms = secrets.flatMap(SecretForms.of)
        let masked = mask(log, secrets, lengths)
        expect(masked == expected(log, forms), "the log is masked otherwise: \(masked)")
        if !forms.contains(where: { $0.contains(UInt8(ascii: "*")) }) {
            expect(!forms.contains { Bytes.contains(masked, $0) }, "a secret is in the log")
        }
        for secret in secrets { checkEncodings(of: secret, in: log, secrets, lengths) }
        return 0
    }

    private static func mask(_ log: [UInt8], _ secrets: [[UInt8]], _ lengths: [Int]) -> [UInt8] {
        guard var mask = SecretMask(secrets) else { return log }
        var output: [UInt8] = []
        var (rest, piece) = (log[...], 0)
        while !rest.isEmpty {
            let length = lengths.isEmpty ? rest.count : lengths[piece % lengths.count]
            output += mask.pass(rest.prefix(length))
            rest = rest.dropFirst(length)
            piece += 1
        }
        return output + mask.finish()
    }

    /// The same, as slowly and simply as it can be said: each byte of each occurrence is marked, each run of marks becomes stars.
    private static func expected(_ log: [UInt8], _ forms: [[UInt8]]) -> [UInt8] {
        var isSecret = [Bool](repeating: false, count: log.count)
        for form in forms where form.count <= log.count {
            for start in 0...(log.count - form.count) where log[start..<(start + form.count)].elementsEqual(form) {
                for index in start..<(start + form.count) { isSecret[index] = true }
            }
        }
        var output: [UInt8] = []
        for (index, byte) in log.enumerated() {
            if !isSecret[index] { output.append(byte) } else if index == 0 || !isSecret[index - 1] { output += replacement }
        }
        return output
    }

    /// What tools make of a text that holds the secret is masked too.
    private static func checkEncodings(of secret: [UInt8], in log: [UInt8], _ secrets: [[UInt8]], _ lengths: [Int]) {
        // Shorter ones have encodings of fewer than four characters that are theirs alone.
        guard secret.count >= 8, !secret.contains(where: { $0 == 10 || $0 == 13 || $0 == UInt8(ascii: "*") }) else { return }
        let text = log.prefix(lengths.first ?? 0) + secret + log.suffix(lengths.last ?? 0)
        let encoded = base64(Array(text))
        expect(mask(encoded, secrets, lengths) != encoded, "a secret in base64 is in the log")
        guard let value = String(validating: secret, as: UTF8.self) else { return }
        let json = JSONValue.string(value).text
        expect(
            !Bytes.contains(mask(Array(json.utf8), secrets, lengths), Array(json.utf8.dropFirst().dropLast())),
            "a secret in JSON is in the log")
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = (Array(group) + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            for index in 0..<4 {
                output.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
        }
        return output
    }
}
