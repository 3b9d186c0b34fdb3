/// A unit of a quantity and how many of the smallest unit it is.
struct DecimalUnit {
    let name: String
    let factor: UInt64
}

/// A decimal number of at most 18 digits, kept exact: `digits` divided by `scale`.
struct DecimalNumber {
    private var digits: UInt64 = 0
    private var scale: UInt64 = 1

    /// Takes digits, and perhaps a point and further digits, from the front of a text; nil if it does not start so.
    init?(prefixOf text: inout Substring) {
        var count = 0
        var hasPoint = false
        var endsInDigit = false
        while let byte = text.utf8.first {
            if byte == UInt8(ascii: "."), !hasPoint, count > 0 {
                hasPoint = true
                endsInDigit = false
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                guard count < 18 else { return nil }
                count += 1
                digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
                scale *= hasPoint ? 10 : 1
                endsInDigit = true
            } else {
                break
            }
            text = Substring(text.utf8.dropFirst())
        }
        guard endsInDigit else { return nil }
    }

    /// The number times a factor, rounded down; nil above a limit.
    func scaled(by factor: UInt64, limit: Int64) -> Int64? {
        let product = digits.multipliedFullWidth(by: factor)
        guard product.high < scale else { return nil }
        let quotient = scale.dividingFullWidth(product).quotient
        guard let result = Int64(exactly: quotient), result <= limit else { return nil }
        return result
    }
}
