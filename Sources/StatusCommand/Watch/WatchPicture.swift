internal import FarmModel
internal import FarmStore
internal import ToolKit

/// What a watch shows of one build.
struct WatchedBuild {
    var build: BuildRecord
    /// The longest running first.
    var running: [RunningJob] = []
    /// The newest first.
    var failures: [JobRecord] = []
}

/// Draws watched builds as lines of text.
struct WatchPicture {
    let width: Int
    let height: Int
    let usesUnicode: Bool
    let painter: Painter
    /// In milliseconds since 1970.
    let now: Int64

    private static let barWidth = 24

    /// At most `height` lines of at most `width` columns.
    func lines(_ builds: [WatchedBuild]) -> [String] {
        guard !builds.isEmpty else { return [cut("nothing is pending or running")] }
        var lines: [String] = []
        for (index, watched) in builds.enumerated() {
            let rest = builds.count - index
            let room = height - lines.count - (rest > 1 ? 1 : 0)
            let block = self.block(watched, room: room / rest + room % rest)
            guard block.count <= room else { return lines + [cut("and \(CountText.of(rest, "more build"))")] }
            lines += block
        }
        return lines
    }

    private func block(_ watched: WatchedBuild, room: Int) -> [String] {
        let build = watched.build
        var block = [title(build), progress(build)]
        let free = max(0, room - block.count)
        let failures = watched.failures.prefix(min(3, free / 2))
        let running = watched.running.prefix(free - failures.count)
        let nameWidth = min(max(12, running.map { DisplayWidth.of(visible($0.job.identity.description)) }.max() ?? 0), width / 2)
        block += running.map { line($0, nameWidth: nameWidth) }
        block += failures.map(line)
        return block
    }

    private func title(_ build: BuildRecord) -> String {
        let name = build.key ?? build.labels.joined(separator: " ")
        let state = build.isCancelling ? "cancelling" : build.paused != nil && !build.state.isTerminal ? "paused" : build.state.rawValue
        let style: TextStyle = build.state == .success ? .green : build.state.isTerminal ? .red : .blue
        let room = width - DisplayWidth.of(build.id.description) - DisplayWidth.of(state) - 4
        let shownName = TextCut.of(visible(name), columns: max(0, room), usesUnicode: usesUnicode)
        let head = painter.paint(build.id.description, .bold) + "  " + painter.paint(state, style)
        return shownName.isEmpty ? head : head + "  " + shownName
    }

    private func progress(_ build: BuildRecord) -> String {
        let tally = build.tally
        let share = tally.total == 0 ? 1 : Double(tally.ended) / Double(tally.total)
        let filled = Int(share * Double(Self.barWidth))
        let bar =
            String(repeating: usesUnicode ? "█" : "#", count: filled)
            + String(repeating: usesUnicode ? "░" : ".", count: Self.barWidth - filled)
        var parts = ["\(tally.ended)/\(tally.total) done"] + [build.forecast?.shortPhrase(now: now)].compactMap(\.self)
        parts += [(tally.running, "running"), (tally.failed, "failed"), (tally.skipped, "skipped"), (tally.cancelled, "cancelled")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if let started = build.startedMilliseconds { parts.append(elapsed(since: started, until: build.endedMilliseconds)) }
        let percent = String(repeating: " ", count: max(0, 3 - "\(Int(share * 100))".count)) + "\(Int(share * 100))%"
        let text = TextCut.of(
            "\(percent)  \(parts.joined(separator: ", "))", columns: max(0, width - Self.barWidth - 2), usesUnicode: usesUnicode)
        return "\(painter.paint(bar, tally.failed > 0 ? .red : .green)) \(text)"
    }

    private func line(_ running: RunningJob, nameWidth: Int) -> String {
        let name = TextCut.of(visible(running.job.identity.description), columns: nameWidth, usesUnicode: usesUnicode)
        let padding = String(repeating: " ", count: max(0, nameWidth - DisplayWidth.of(name)))
        let attempt = running.number > 1 ? ", attempt \(running.number)" : ""
        let phase = running.phase.map { "  " + visible($0) } ?? ""
        return cut("  \(name)\(padding)  \(elapsed(since: running.claimedMilliseconds, until: nil))\(attempt)\(phase)")
    }

    private func line(_ failure: JobRecord) -> String {
        let reason = [failure.failure?.rawValue, failure.message].compactMap(\.self).joined(separator: ": ")
        return painter.paint(cut("  \(visible(failure.identity.description)) failed: \(visible(reason))"), .red)
    }

    private func elapsed(since start: Int64, until end: Int64?) -> String {
        DurationText.text(milliseconds: max(0, (end ?? now) - start) / 1000 * 1000)
    }

    private func visible(_ text: String) -> String { VisibleText.of(text, asciiOnly: !usesUnicode) }

    private func cut(_ line: String) -> String { TextCut.of(line, columns: width, usesUnicode: usesUnicode) }
}
