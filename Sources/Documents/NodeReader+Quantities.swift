import FarmModel

extension NodeReader {
    /// Milliseconds, written as a duration or a number of seconds under `key`, or as such under `key_ms`.
    /// - Returns: `usual` if neither is there, nil for 0 and `none`: no cap.
    package mutating func milliseconds(_ fields: DocumentNode, _ key: String, usual: Int64? = nil) -> Int64? {
        let form = QuantityForm(
            recordKey: key + "_ms", expectation: "a duration such as 30s, 10m or 1h30m", least: 1, most: DurationText.longestMilliseconds)
        return quantity(fields, key, form, usual: usual) { DurationText.milliseconds($0) }
    }

    /// Bytes, written as a size or a number under `key`, or as a number under `key_bytes`.
    /// - Returns: `usual` if neither is there, nil for 0 and `none`: no cap.
    package mutating func bytes(_ fields: DocumentNode, _ key: String, least: Int64 = 1, usual: Int64?) -> Int64? {
        let bound = least > 1 ? ", at least \(SizeText.text(bytes: least))" : ""
        let form = QuantityForm(
            recordKey: key + "_bytes", expectation: "a size such as 512MiB or 2GiB\(bound)", least: least, most: SizeText.largestBytes)
        return quantity(fields, key, form, usual: usual) { SizeText.bytes($0) }
    }

    /// A plain number of things under `key`; 0 and `none` mean no cap.
    package mutating func count(_ fields: DocumentNode, _ key: String, most: Int64, usual: Int64?) -> Int64? {
        guard let node = fields[key] else { return usual }
        guard !node.meansNone else { return nil }
        return integer(node, key, 1...most) ?? usual
    }

    /// A number of processor cores; 0 and `none` mean no cap.
    package mutating func cores(_ fields: DocumentNode, _ key: String, usual: Double?) -> Double? {
        guard let node = fields[key] else { return usual }
        guard !node.meansNone else { return nil }
        switch node.value {
        case .integer(let value) where (1...4096).contains(value): return Double(value)
        case .number(let value) where (0.01...4096).contains(value): return value
        default:
            expected("a number of cores from 0.01 to 4096", node, key)
            return nil
        }
    }

    private mutating func quantity(
        _ fields: DocumentNode, _ key: String, _ form: QuantityForm, usual: Int64?, parse: (String) -> Int64?
    ) -> Int64? {
        exclude(fields, key, form.recordKey)
        if let node = fields[form.recordKey] {
            guard !node.meansNone else { return nil }
            return integer(node, form.recordKey, form.least...form.most) ?? usual
        }
        guard let node = fields[key] else { return usual }
        guard !node.meansNone else { return nil }
        if node.isQuantity, let value = parse(node.text), (form.least...form.most).contains(value) { return value }
        expected(form.expectation, node, key)
        return usual
    }
}

/// How a quantity is written in records, and its range.
private struct QuantityForm {
    let recordKey: String
    let expectation: String
    let least: Int64
    let most: Int64
}

extension DocumentNode {
    /// `none` or 0.
    fileprivate var meansNone: Bool {
        switch value {
        case .integer(0): true
        case .string: text == "none"
        default: false
        }
    }

    fileprivate var isQuantity: Bool {
        switch value {
        case .string, .integer, .number: true
        default: false
        }
    }
}
