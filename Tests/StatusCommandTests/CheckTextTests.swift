import FarmModel
import Testing
import ToolKit

@testable import StatusCommand

@Suite struct CheckTextTests {
    private let checks = [
        CheckRecord("sandbox", .ok, "bubblewrap makes sandboxes"),
        CheckRecord("clock", .warning, "nothing keeps the clock right", remedy: "enable time synchronisation of some kind"),
    ]

    @Test func remediesStandBelowTheirFindings() {
        let text = CheckText(width: nil, usesUnicode: false, painter: Painter(isOn: false)).text(checks)
        #expect(
            text == """
                ok       sandbox  bubblewrap makes sandboxes
                warning  clock    nothing keeps the clock right
                                  -> enable time synchronisation of some kind

                """)
    }

    @Test(arguments: [40, 60, 80])
    func linesFitAndLoseNoWord(_ width: Int) {
        let text = CheckText(width: width, usesUnicode: true, painter: Painter(isOn: false)).text(checks)
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
        let words = text.split(whereSeparator: \.isWhitespace)
        #expect(words.suffix(7) == ["→", "enable", "time", "synchronisation", "of", "some", "kind"])
    }
}
