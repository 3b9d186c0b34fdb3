/// What those who follow logs are woken for.
struct LogNews: OptionSet, Sendable {
    let rawValue: UInt8

    /// Something was written, perhaps.
    static let grown = LogNews(rawValue: 1)
    /// Jobs may have begun or ended.
    static let changed = LogNews(rawValue: 2)
    /// Nothing has happened for a while: time for a sign of life, and to look whether that is so.
    static let nothing = LogNews(rawValue: 4)
    /// The server stops.
    static let stopped = LogNews(rawValue: 8)
}
