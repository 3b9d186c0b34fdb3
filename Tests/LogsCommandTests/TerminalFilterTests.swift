import Testing

@testable import LogsCommand

@Suite struct TerminalFilterTests {
    private func filtered(_ text: String) -> String { filtered(Array(text.utf8)) }

    /// The same however the bytes come in pieces.
    private func filtered(_ bytes: [UInt8]) -> String {
        var whole = TerminalFilter(isOn: true)
        let result = Array(whole.pass(bytes[...]))
        var pieces = TerminalFilter(isOn: true)
        #expect(bytes.flatMap { Array(pieces.pass([$0])) } == result)
        return String(decoding: result, as: UTF8.self)
    }

    @Test func onlyTextAndColoursPass() {
        #expect(filtered("a\tb\u{1B}[1;31mred\u{1B}[0m\n") == "a\tb\u{1B}[1;31mred\u{1B}[0m\n")
        #expect(filtered("\u{1B}[2J\u{1B}[10;1Hx\u{1B}[?25l\u{1B}[>4;2my") == "xy")
        #expect(filtered("\u{1B}]0;title\u{07}x\u{1B}]52;c;AAAA\u{1B}\\y\u{1B}P1\u{1B}\\z") == "xyz")
        #expect(filtered("a\u{8}\u{7}\u{0}b\u{7F}") == "ab")
        #expect(filtered("\u{1B}(Bx\u{1B}cy") == "xy")
    }

    @Test func nothingIsWrittenOverALine() {
        #expect(filtered("10%\r20%\r100%\r\nnext\r\r\n") == "10%\n20%\n100%\nnext\n")
        #expect(filtered("real\rforged") == "real\nforged")
        #expect(filtered("end\r") == "end")
        #expect(filtered("\r10%\r\r20%\n\rx\u{1B}[2K\r\ny") == "10%\n20%\nx\ny")
        var filter = TerminalFilter(isOn: true)
        _ = filter.pass(Array("10%\r".utf8)[...])
        filter.beginLine()
        #expect(filter.pass(Array("20%".utf8)[...]) == Array("20%".utf8)[...])
    }

    @Test func anUnfinishedSequenceHidesNoFurtherLine() {
        #expect(filtered("a\u{1B}]0;never\nb\u{1B}[1\nc\u{1B}Px\u{1B}\nd") == "a\nb\nc\nd")
    }

    @Test func controlsBeyondASCIIAreDropped() {
        #expect(filtered("é\u{9B}2J€😀\u{202E}x\u{2066}y\u{2028}") == "é2J€😀xy")
        #expect(filtered([0x9B, 0x61, 0xC3, 0x0A, 0xE2, 0x82, 0x62, 0xED, 0xA0, 0x80]) == "\u{FFFD}a\u{FFFD}\n\u{FFFD}b\u{FFFD}")
    }

    @Test func switchedOffEverythingPasses() {
        var filter = TerminalFilter(isOn: false)
        #expect(filter.pass([27, 0, 13, 0xFF]) == [27, 0, 13, 0xFF])
    }
}
