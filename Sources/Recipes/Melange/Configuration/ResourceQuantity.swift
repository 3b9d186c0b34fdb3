/// Quantities as Kubernetes writes them: a decimal number and a suffix
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
enum ResourceQuantity {
    private static let factors: [String: Double] = [
        "": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
        "Ki": 0x1p10, "Mi": 0x1p20, "Gi": 0x1p30, "Ti": 0x1p40, "Pi": 0x1p50, "Ei": 0x1p60,
    ]

    /// The number that a text means; nil if it is no quantity.
    static func value(of text: String) -> Double? {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard digits.first?.isNumber == true, digits.utf8.count <= 20, let number = Double(String(digits)) else { return nil }
        guard let factor = factors[String(text.dropFirst(digits.count))] else { return nil }
        return number * factor
    }
}
