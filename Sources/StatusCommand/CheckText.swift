internal import FarmModel
internal import ToolKit

/// Checks as people read them: verdict, name and finding side by side, the remedy below; nothing is cut.
struct CheckText {
    /// The columns of the terminal; nil breaks no lines.
    let width: Int?
    let usesUnicode: Bool
    let painter: Painter

    private static let gap = 2
    /// Text is not squeezed into less.
    private static let narrowest = 20

    /// All checks, one below the other, each line ended.
    func text(_ checks: [CheckRecord]) -> String {
        let verdictWidth = checks.map(\.verdict.rawValue.count).max() ?? 0
        let nameWidth = checks.map(\.name.count).max() ?? 0
        let indent = verdictWidth + nameWidth + 2 * Self.gap
        return checks.map { check in
            let verdict = painter.paint(check.verdict.rawValue, CheckRow.style(check.verdict))
            let start =
                verdict + spaces(verdictWidth - check.verdict.rawValue.count + Self.gap)
                + check.name + spaces(nameWidth - check.name.count + Self.gap)
            let remedy = check.remedy.map { wrapped((usesUnicode ? "→ " : "-> ") + $0, indent) } ?? []
            return start + (wrapped(check.found, indent) + remedy).joined(separator: "\n" + spaces(indent)) + "\n"
        }.joined()
    }

    /// Breaks a text at spaces, so that each piece fits beside the indent.
    private func wrapped(_ text: String, _ indent: Int) -> [String] {
        let text = VisibleText.of(text, asciiOnly: !usesUnicode)
        guard let width else { return [text] }
        let room = max(Self.narrowest, width - indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, DisplayWidth.of(last) + 1 + DisplayWidth.of(word) <= room {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
