internal import FarmModel
internal import FarmStore
internal import ToolKit

/// The explanation of one job, or of one build by the reasons of its jobs.
struct WhyRow: Displayable {
    static let columns = [
        Column("ID"), Column("NAME", shrinks: true), Column("WHY"), Column("REASON", shrinks: true), Column("NEXT", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]
    /// The lines for people.
    let text: [String]

    init(_ explanation: WaitExplanation, now: Int64) {
        let reasons = explanation.codes.map { WaitReason($0, explanation.facts, now: now) }
        let job = explanation.job
        json = explanation.record(reasons)
        let sentence = reasons.first?.sentence ?? Self.sentence(job)
        cells = [
            Cell(job.id.description), Cell(job.identity.description), Cell(reasons.first?.code.rawValue ?? job.state.rawValue),
            Cell(sentence), Cell(reasons.first?.next),
        ]
        text = Self.lines("\(job.id)  \(job.identity)", job.state.rawValue, sentence, reasons)
    }

    /// - Parameter groups: Those nearest to a start first; what stands before the first of them stands before the build.
    init(_ build: BuildRecord, _ groups: [WaitGroup], now: Int64) {
        let first = groups.first?.example
        let reasons = first.map { example in example.codes.prefix(1).map { WaitReason($0, example.facts, now: now) } } ?? []
        json = build.whyRecord(groups, reasons.first)
        let sentence = Self.sentence(build, groups)
        cells = [
            Cell(build.id.description), Cell(build.key), Cell(reasons.first?.code.rawValue ?? build.state.rawValue), Cell(sentence),
            Cell(reasons.first?.next),
        ]
        var lines = ["\(build.id)  \(build.state.rawValue)", "    \(sentence)"]
        for group in groups {
            guard let code = group.example.codes.first else { continue }
            let reason = WaitReason(code, group.example.facts, now: now)
            lines.append(
                "  \(CountText.of(group.count, "job")) \(code.rawValue), for instance \(group.example.job.identity): \(reason.sentence)")
            if let next = reason.next { lines.append("    next: \(next)") }
        }
        text = lines
    }

    private static func lines(_ head: String, _ state: String, _ sentence: String, _ reasons: [WaitReason]) -> [String] {
        var lines = ["\(head)  \(state)\(reasons.first.map { ": \($0.code.rawValue)" } ?? "")", "    \(sentence)"]
        if let next = reasons.first?.next { lines.append("    next: \(next)") }
        for reason in reasons.dropFirst() { lines.append("    also \(reason.code.rawValue): \(reason.sentence)") }
        return lines
    }

    private static func sentence(_ job: JobRecord) -> String {
        switch job.state {
        case .running: "it is at work"
        case .pending: "it is about to start"
        case .success, .failed, .skipped, .cancelled: "it waits for nothing: it has ended, \(job.state.rawValue)"
        }
    }

    private static func sentence(_ build: BuildRecord, _ groups: [WaitGroup]) -> String {
        if build.state.isTerminal { return "it waits for nothing: it has ended, \(build.state.rawValue)" }
        let waiting = groups.reduce(0) { $0 + $1.count }
        let running = build.tally.running
        if waiting == 0 { return "it waits for nothing: \(CountText.of(running, "job")) at work" }
        return "\(CountText.of(waiting, "job")) of \(build.tally.total) \(waiting == 1 ? "waits" : "wait"), \(running) running"
    }
}
