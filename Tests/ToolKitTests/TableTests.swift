import FarmModel
import HostSystem
import TestSupport
import Testing
import ToolKit

private struct Fruit: Displayable {
    static let columns = [Column("NAME", shrinks: true), Column("COUNT", .right), Column("NOTE")]

    var name: String
    var count: Int
    var note: String?

    var json: JSONObject {
        var object: JSONObject = ["kind": "fruit", "name": .string(name), "count": .int(Int64(count))]
        object.add("note", note)
        return object
    }

    var cells: [Cell] { [Cell(name), Cell("\(count) pcs", plain: String(count), style: .green), Cell(note)] }
}

struct TableTests {
    private let fruits = [
        Fruit(name: "apple", count: 3, note: "red"), Fruit(name: "りんご", count: 12),
        Fruit(name: "cafe\u{301}\u{1B}[2J", count: 1, note: "a\tb"),
    ]

    private func printed(_ format: OutputFormat, _ fruits: [Fruit], _ look: Table.Look = Table.Look()) throws -> String {
        let streams = try Streams()
        var printer = RecordPrinter<Fruit>(format, to: streams.context.output, look: look)
        try printer.print(fruits)
        try streams.context.output.finish()
        return try streams.written
    }

    @Test func columnsAreAlignedByTheirWidthOnATerminal() throws {
        #expect(
            try printed(.table, fruits) == """
                NAME            COUNT  NOTE
                apple           3 pcs  red
                りんご         12 pcs
                cafe\u{301}\\u{1b}[2J   1 pcs  a\\u{9}b

                """)
    }

    @Test func theDesignatedColumnGivesWay() throws {
        let long = [Fruit(name: "a name that is far too long", count: 1, note: "x"), Fruit(name: "日本語日本語日本語", count: 2)]
        #expect(
            try printed(.table, long, Table.Look(width: 28)) == """
                NAME             COUNT  NOTE
                a name that is…  1 pcs  x
                日本語日本語日…  2 pcs

                """)
        #expect(
            try printed(.table, [long[0]], Table.Look(width: 28, usesUnicode: false)) == """
                NAME             COUNT  NOTE
                a name that ...  1 pcs  x

                """)
        #expect(try printed(.table, [long[0]], Table.Look(width: 5)).contains("a name …  1 pcs  x\n"))
    }

    @Test func asciiOnlyShowsOtherCharactersByNumber() throws {
        let text = try printed(.table, [fruits[1]], Table.Look(usesUnicode: false))
        #expect(text.contains("\\u{308a}\\u{3093}\\u{3054}  12 pcs\n"))
        #expect(text.utf8.allSatisfy { $0 < 128 })
    }

    @Test func coloursAddNoWidth() throws {
        let colored = try printed(.table, fruits, Table.Look(painter: Painter(isOn: true)))
        #expect(colored.contains("\u{1B}[32m3 pcs\u{1B}[0m  red\n"))
        #expect(colored.replacing(/\x1B\[\d+m/, with: "") == (try printed(.table, fruits)))
    }

    @Test func recordsKeepWhatTheTableHides() throws {
        #expect(
            try printed(.ndjson, Array(fruits.prefix(2))) == """
                {"kind":"fruit","name":"apple","count":3,"note":"red"}
                {"kind":"fruit","name":"りんご","count":12}

                """)
        #expect(
            try printed(.json, Array(fruits.prefix(2))) == """
                [
                {"kind":"fruit","name":"apple","count":3,"note":"red"},
                {"kind":"fruit","name":"りんご","count":12}
                ]

                """)
        #expect(try printed(.tsv, fruits) == "apple\t3\tred\nりんご\t12\t\ncafe\u{301}\\u{1b}[2J\t1\ta\\u{9}b\n")
    }

    @Test func nothingIsNothing() throws {
        #expect(try printed(.table, []) == "")
        #expect(try printed(.ndjson, []) == "")
        #expect(try printed(.tsv, []) == "")
        #expect(try printed(.json, []) == "[]\n")
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("ｱ", 1), ("Ａ", 2), ("🚀", 2), ("👩‍👩‍👧", 2), ("→…", 2), ("├──", 3),
    ])
    func widthsOnATerminal(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }
}
