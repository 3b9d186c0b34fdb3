public import ArgumentParser

/// The value of an option that is one of a few words.
///
/// Does what the parser does for any such type, without the key paths by which it does it: to make them takes some 70 µs a type at each
/// start.
public protocol WordArgument: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String, AllCases == [Self] {}

extension WordArgument {
    /// The value of this word.
    public init?(argument: String) { self.init(rawValue: argument) }

    /// The words.
    public static var allValueStrings: [String] {
        var words: [String] = []
        for value in allCases { words.append(value.rawValue) }
        return words
    }

    /// None: the help of the option says what they mean.
    public static var allValueDescriptions: [String: String] { [:] }
}
