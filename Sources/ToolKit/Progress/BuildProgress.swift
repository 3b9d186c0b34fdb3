public import FarmModel

/// How far a build is, as one line.
public struct BuildProgress: Sendable, Hashable {
    /// How many jobs are in each state.
    public var tally: BuildTally
    /// How long it has been going on, in milliseconds.
    public var elapsedMilliseconds: Int64
    /// The names of the jobs that run, the longest first.
    public var running: [String]
    /// How long it will still take, for people; nil if that cannot be told.
    public var timeLeft: String?

    /// Creates a state of affairs.
    public init(tally: BuildTally, elapsedMilliseconds: Int64, running: [String] = [], timeLeft: String? = nil) {
        self.tally = tally
        self.elapsedMilliseconds = elapsedMilliseconds
        self.running = running
        self.timeLeft = timeLeft
    }

    /// For instance `[12/40] 3 running, 1 failed, 1m3s, 2m left: zlib, libpng`.
    ///
    /// - Parameters:
    ///   - width: The most columns it may take.
    ///   - usesUnicode: Whether text may go beyond ASCII.
    public func line(width: Int = .max, usesUnicode: Bool = true) -> String {
        let counts = [(tally.running, "running"), (tally.failed, "failed"), (tally.skipped, "skipped"), (tally.cancelled, "cancelled")]
        let parts =
            counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            + [DurationText.text(milliseconds: elapsedMilliseconds)] + [timeLeft].compactMap(\.self)
        let head = "[\(tally.ended)/\(tally.total)] " + parts.joined(separator: ", ")
        let names = running.map { VisibleText.of($0, asciiOnly: !usesUnicode) }.joined(separator: ", ")
        return TextCut.of(names.isEmpty ? head : "\(head): \(names)", columns: width, usesUnicode: usesUnicode)
    }
}
