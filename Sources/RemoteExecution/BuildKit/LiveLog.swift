/// What a phase prints as the daemon passes it on, up to the mark that says that the daemon left something out. From there on the log is
/// taken from the file that has all of it.
///
/// The marks are those of BuildKit: a line feed, and `[output clipped, log limit …` in brackets. Whatever prints the same by itself is taken
/// for one, which does no harm, as the file has that too.
struct LiveLog: Equatable {
    private static let mark = Array("\n[output clipped, log limit ".utf8)

    /// How much was passed on.
    private(set) var size: Int64 = 0
    /// Whether something was left out.
    private(set) var isClipped = false

    /// What is to be passed on of the next piece.
    mutating func take(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard !isClipped else { return [] }
        var result = bytes[...]
        if let range = bytes.firstRange(of: Self.mark) {
            isClipped = true
            result = bytes[..<range.lowerBound]
        }
        size += Int64(result.count)
        return result
    }

    /// Notes what was passed on out of the file.
    mutating func add(_ count: Int) { size += Int64(count) }
}
