internal import FarmModel
internal import ToolKit

/// What tells the lines of several logs apart: `name | `, as wide for all and in a colour of its own.
struct LogLabels {
    private let painter: Painter
    private let names: [String: Int]
    private let jobs: [JobID: Int]
    private let severalAttempts: Bool
    private var width = 0

    private static let largestWidth = 24
    private static let styles: [TextStyle] = [.cyan, .yellow, .green, .magenta, .blue]

    /// Labels for these logs.
    init(_ logs: [ChosenLog], _ painter: Painter) {
        self.painter = painter
        var order: [JobID: Int] = [:]
        for log in logs where order[log.job.id] == nil { order[log.job.id] = order.count }
        jobs = order
        severalAttempts = logs.count > order.count
        let firsts = Dictionary(logs.map { ($0.job.id, $0.job.identity.description) }) { first, _ in first }
        names = Dictionary(firsts.values.map { ($0, 1) }, uniquingKeysWith: +)
        width = min(logs.map { DisplayWidth.of(plain($0)) }.max() ?? 0, Self.largestWidth)
    }

    /// What stands before each line of a log.
    func prefix(of log: ChosenLog) -> [UInt8] {
        let text = plain(log)
        let padding = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
        return Array((painter.paint("\(text)\(padding) |", Self.styles[(jobs[log.job.id] ?? 0) % Self.styles.count]) + " ").utf8)
    }

    private func plain(_ log: ChosenLog) -> String {
        let name = log.job.identity.description
        let place = (names[name] ?? 0) > 1 ? " \(log.job.id)" : ""
        return VisibleText.of(name + place + (severalAttempts ? " #\(log.number)" : ""))
    }
}
