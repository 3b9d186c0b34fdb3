public import FarmModel

extension Dependency {
    /// Reads a term as a person or a configuration writes it, with a tag and with spaces around the operator if need be; nil if it is none.
    ///
    /// `name`, `name=1.2`, `name >= 1`, `name~1.2`, `name@tag=1.2`, `name=1.2@tag`, `!name`, `so:libfoo.so.1`.
    public init?(parsing text: some StringProtocol) {
        guard let term = try? DependencyScanner.strict(text) else { return nil }
        self = term
    }

    /// Reads a term as ``init(parsing:)`` does.
    ///
    /// - Throws: ``FarmError`` with ``ExitStatus/badInput`` that says what is wrong with it.
    public init(_ text: some StringProtocol) throws(FarmError) {
        do {
            self = try DependencyScanner.strict(text)
        } catch {
            throw FarmError(.badInput, "\(String(text).quoted) does not name a package: \(error.reason)")
        }
    }

    /// The terms of a list of an index or package, between which there are spaces.
    ///
    /// Tags mean nothing there, and versions need not be ones: some packages provide `pc:librtmp=v2.4`. What is no term at all becomes a
    /// name that nothing has, so that who needs it cannot be installed.
    public static func list(_ text: String) -> [Dependency] {
        var text = text
        return text.withUTF8 { bytes in
            bytes.split(separator: UInt8(ascii: " ")).map { piece in
                if let term = DependencyScanner.plainTerm(piece) { return term }
                let name = String(decoding: piece, as: UTF8.self)
                return (try? DependencyScanner.term(Substring(name))) ?? Dependency(name: name)
            }
        }
    }
}
