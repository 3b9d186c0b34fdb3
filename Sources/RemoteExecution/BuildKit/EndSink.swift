internal import BuildKitClient

/// Takes what the script around a command leaves: how the command ended, and perhaps the outputs.
struct EndSink: TreeSink {
    /// Where the outputs come.
    static let outputs = "\(BuildKitPlaces.part)/\(PhaseScript.outputs)"
    /// A report is a line; what a command could make of it is refused.
    private static let mostBytes: Int64 = 64 * 1024

    /// The report was not such as the script writes.
    private struct TooLarge: Error {}

    private let report = MemorySink()
    private let outputs: OutputSink

    /// - Parameter outputs: takes them.
    init(_ outputs: OutputSink) { self.outputs = outputs }

    /// How the command ended; nil if the script did not come to say that.
    var end: PhaseScript.End? { report.content("\(BuildKitPlaces.part)/\(PhaseScript.report)").flatMap { PhaseScript.end($0) } }

    func add(_ entry: ReceivedEntry) throws { try outputs.add(entry) }

    func begin(_ entry: ReceivedEntry) throws -> any FileSink {
        if entry.path.utf8.starts(with: "\(Self.outputs)/".utf8) { return try outputs.begin(entry) }
        guard entry.size <= Self.mostBytes else { throw TooLarge() }
        return report.begin(entry)
    }

    func finish() throws { try outputs.finish() }
    func refuse(_ reason: String) { outputs.refuse(reason) }
}
