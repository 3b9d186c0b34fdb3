internal import FarmModel

/// What the index says of some neighbouring lines, ready to be printed: most have the time and the phase of the one before.
public struct LogPlace: Sendable {
    /// The time and a space, or the members `phase` and `time` of records.
    public let text: [UInt8]
    private let markCount: Int
    private let range: Range<Int64>

    /// The place of the line at an offset.
    public init(_ offset: Int64, _ index: LogIndex, asMembers: Bool) {
        markCount = index.markCount
        range = offset..<index.end(ofPlaceAt: offset)
        let time = index.wallMilliseconds(at: offset).map(Timestamp.format)
        text = asMembers ? Self.members(index.phase(at: offset)?.name, time) : Array("\(time ?? "-") ".utf8)
    }

    private static func members(_ phase: String?, _ time: String?) -> [UInt8] {
        var object = JSONObject()
        object.add("phase", phase)
        object.add("time", time)
        guard !object.members.isEmpty else { return [] }
        var writer = JSONWriter()
        writer.write(object)
        return [UInt8(ascii: ",")] + writer.bytes.dropFirst().dropLast()
    }

    /// Whether a line of the same log is at this place too.
    public func holds(_ offset: Int64, _ index: LogIndex) -> Bool { index.markCount == markCount && range.contains(offset) }
}
