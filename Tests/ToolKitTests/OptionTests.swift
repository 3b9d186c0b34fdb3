import ArgumentParser
import FarmModel
import FarmStore
import HostSystem
import TestSupport
import Testing
import ToolKit

struct OptionTests {
    @Test(arguments: [
        (ColorChoice.auto, true, [:], true), (.auto, false, [:], false), (.always, false, ["NO_COLOR": "1"], true),
        (.never, true, ["CLICOLOR_FORCE": "1"], false), (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
        (.auto, false, ["CLICOLOR_FORCE": "1"], true), (.auto, false, ["CLICOLOR_FORCE": "0"], false),
        (.auto, false, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false), (.auto, true, ["TERM": "dumb"], false),
    ])
    func colours(_ choice: ColorChoice, _ isTerminal: Bool, _ environment: [String: String], _ isOn: Bool) {
        #expect(ColorPolicy.isOn(choice, isTerminal: isTerminal) { environment[$0] } == isOn)
    }

    @Test(arguments: [
        ([:], true), (["LANG": "C"], false), (["LANG": "POSIX"], false), (["LANG": "C.UTF-8"], true), (["LANG": "de_DE.utf8"], true),
        (["LANG": "en_US.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "C.UTF-8"], true), (["LANG": "", "LC_ALL": ""], true),
        (["LANG": "en_US.ISO-8859-1"], false), (["LANG": "de_DE.UTF-8@euro"], true), (["LC_ALL": "UTF-8"], true),
    ])
    func locales(_ environment: [String: String], _ usesUnicode: Bool) throws {
        #expect(try Streams(environment: environment).context.usesUnicode == usesUnicode)
    }

    @Test func recordsAreTheFormatOfAPipe() throws {
        let context = try Streams().context
        #expect(try FormatOptions.parse([]).format(in: context) == .ndjson)
        #expect(try FormatOptions.parse(["--format", "tsv"]).format(in: context) == .tsv)
    }

    @Test func columnsDecideTheWidth() throws {
        #expect(try Streams(environment: ["COLUMNS": "132"]).context.width(of: .standardError) == 132)
        let streams = try Streams(environment: ["COLUMNS": "-4"])
        #expect(streams.context.width(of: streams.error) == 80)
    }

    @Test func theStateDirectoryIsMadeOnOpening() throws {
        let folder = try TemporaryFolder()
        let context = try Streams().context
        let options = try StateOptions.parse(["--state", folder.path + "/state"])
        #expect(try options.openExisting(in: context) == nil)
        let store = try options.open(in: context, verb: "test")
        #expect(store.directory.path == folder.path + "/state")
        #expect(try options.openExisting(in: context) != nil)
        // The database's header has the schema as a big-endian number at offset 60 (SQLite file format, 1.3).
        let header = try Files.open(store.directory.database).read(atMost: 4, at: 60)
        #expect(header == [0, 0, 0, UInt8(ToolVersion.schema)])
    }
}
