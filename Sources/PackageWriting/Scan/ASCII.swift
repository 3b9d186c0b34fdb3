extension Unicode.Scalar {
    /// Whether it is a letter or digit of ASCII.
    var isASCIILetterOrDigit: Bool { isASCII && UInt8(ascii: self).isASCIILetterOrDigit }
}

extension UInt8 {
    /// Whether it is a digit of ASCII.
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Whether it is a letter or digit of ASCII.
    var isASCIILetterOrDigit: Bool {
        isASCIIDigit || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
    }

    /// Whether it is a digit of ASCII or a full stop, of which versions of libraries and languages consist.
    var isOfPlainVersion: Bool { isASCIIDigit || self == UInt8(ascii: ".") }
}
