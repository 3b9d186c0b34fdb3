internal import FarmModel

/// The records of a pax extended header (POSIX.1-2017, pax, "pax Extended Header"): those that say something about an entry.
struct PaxRecords {
    private(set) var path: [UInt8]?
    private(set) var link: [UInt8]?
    private(set) var size: Int64?
    private(set) var owner: Int64?
    private(set) var group: Int64?
    private(set) var modifiedSeconds: Int64?
    private(set) var attributes: [ExtendedAttribute] = []
    private(set) var checksum: [UInt8]?

    private static let attributePrefix = "SCHILY.xattr."
    private static let longestKey = 512

    /// No records.
    init() {}

    /// Reads `LENGTH KEY=VALUE` and a line end, again and again.
    init(parsing bytes: [UInt8]) throws(TarProblem) {
        var rest = bytes[...]
        var keys: Set<[UInt8]> = []
        while !rest.isEmpty {
            let digits = rest.prefix { $0 != UInt8(ascii: " ") }
            guard let length = Self.decimal(digits), length <= Int64(rest.count), length > digits.count + 2 else { throw Self.malformed }
            let record = rest.prefix(Int(length))
            rest = rest.dropFirst(record.count)
            let body = record.dropFirst(digits.count + 1).dropLast()
            guard record.last == UInt8(ascii: "\n"), let equals = body.firstIndex(of: UInt8(ascii: "=")) else { throw Self.malformed }
            let key = body[..<equals]
            guard !key.isEmpty, !key.contains(0), key.count <= Self.longestKey, keys.insert(Array(key)).inserted else {
                throw Self.malformed
            }
            try take(String(decoding: key, as: UTF8.self), Array(body[(equals + 1)...]))
        }
    }

    private static let malformed = TarProblem.refused("an extended header is malformed")

    private mutating func take(_ key: String, _ value: [UInt8]) throws(TarProblem) {
        switch key {
        case "path": path = value
        case "linkpath": link = value
        case "size": size = try Self.number(value)
        case "uid": owner = try Self.number(value)
        case "gid": group = try Self.number(value)
        // The fraction of a second is not kept.
        case "mtime": modifiedSeconds = try Self.number(Array(value.prefix { $0 != UInt8(ascii: ".") }))
        case "APK-TOOLS.checksum.SHA1": checksum = try Self.digest(value)
        case _ where key.hasPrefix("GNU.sparse."): throw TarProblem.refused("sparse files are refused")
        case _ where key.hasPrefix(Self.attributePrefix):
            attributes.append(ExtendedAttribute(name: String(key.dropFirst(Self.attributePrefix.count)), value: value))
        default: break
        }
    }

    private static func digest(_ value: [UInt8]) throws(TarProblem) -> [UInt8] {
        guard let bytes = Hexadecimal.bytes(of: String(decoding: value, as: UTF8.self)), bytes.count == SHA1.size else {
            throw TarProblem.refused("APK-TOOLS.checksum.SHA1 is no SHA-1")
        }
        return bytes
    }

    private static func number(_ value: [UInt8]) throws(TarProblem) -> Int64 {
        guard let number = decimal(value[...]) else { throw malformed }
        return number
    }

    /// Up to 18 digits and nothing else.
    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard (1...18).contains(digits.count) else { return nil }
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return number
    }
}
