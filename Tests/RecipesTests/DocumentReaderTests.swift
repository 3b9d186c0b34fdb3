import Documents
import FarmModel
import Recipes
import Testing

@Suite struct DocumentReaderTests {
    @Test func streamsOfRecordsMayBeSpreadOverLines() throws {
        let text =
            "{\n  \"name\": \"a\",\n  \"run\": \"x\"\n}\n{\"name\":\"b\",\"run\":\"y\"} {\"kind\":\"spec\",\"name\":\"c\",\"run\":\"z\"}"
        let found = try jobs(text)
        #expect(found.map(\.identity.name) == ["a", "b", "c"])
        #expect(found.map(\.origin?.line) == [1, 5, 5])
    }

    @Test func aFlowMappingWithBareKeysIsYAML() throws {
        #expect(try jobs("{name: a, run: x}").map(\.identity.name) == ["a"])
    }

    @Test func emptyInputsHaveNoJobs() throws {
        for text in ["", "\n\n", "# nothing\n", "---\n", "{}\n".replacing("{}", with: " ")] { #expect(try jobs(text).isEmpty) }
    }

    @Test func inputsKeepTheirOrderAndOrigin() throws {
        let inputs = ["b", "a"].map { name in
            DocumentInput(name: "\(name).yaml", bytes: Array("# x\nname: \(name)\nrun: x\n".utf8), base: "/\(name)")
        }
        let found = try DocumentReader().read(inputs)
        #expect(found.map(\.origin?.description) == ["b.yaml:2", "a.yaml:2"])
        #expect(found.map(\.base) == ["/b", "/a"])
        #expect(found.map(\.identity.architecture) == [.native, .native])
    }

    @Test func errorsOfAllFilesAreCollectedUpToTwenty() {
        let inputs = (0..<15).map { DocumentInput(name: "\($0).yaml", bytes: Array("name: a b\nrun: ''\n".utf8), base: "/") }
        let errors = DocumentReader().check(inputs).errors
        #expect(errors.list.count == 20)
        #expect(errors.list.first?.description.hasPrefix("0.yaml:1:7: name: ") == true)
        #expect(errors.list.last?.description == "9.yaml:2:6: run: the script is empty")
        #expect(errors.farmError?.message.hasSuffix("\nthese are the first 20 errors; mend them and try again") == true)
    }

    @Test func foldersOfferTheirDocumentsInByteOrder() {
        let names = ["b.yaml", "a.yml", "B.json", ".hidden.yaml", "c.txt", "d.ndjson", "yaml", "e.yaml.bak", "ä.yaml", "b.yaml~"]
        #expect(DocumentInput.documents(among: names) == ["B.json", "a.yml", "b.yaml", "d.ndjson", "ä.yaml"])
    }

    @Test func bareGraphRecordsAreReadLeniently() throws {
        let text = """
            {"name":"a","needs":["b",{"name":"c","from":"latest"}],"extra":{"deep":[1,{"x":null}]}}
            {"needs":[],"name":"b"}
            {"name":"c"}
            """
        let input = DocumentInput(name: "-", bytes: Array(text.utf8), base: nil)
        #expect(input.holdsGraphRecords)
        let records = try input.readGraphRecords()
        #expect(records.map(\.name) == ["a", "b", "c"])
        #expect(records.map(\.needs) == [["b", "c"], [], []])
        #expect(records.map(\.line) == [1, 2, 3])
    }

    @Test(arguments: [#"{"kind":"spec","name":"a"}"#, #"{"name":"a","run":"x"}"#, "name: a", "", "{\"name\""])
    func otherInputsAreNotGraphRecords(_ text: String) {
        #expect(!DocumentInput(name: "-", bytes: Array(text.utf8), base: nil).holdsGraphRecords)
    }

    @Test(arguments: [
        (#"{"needs":[]}"#, "-:1:1: name: a record needs a name"), (#"[1]"#, "-:1:1: expected a record, found a list"),
        ("{\"name\":\"a\"}\n{\"name\":\"b\",\"needs\":3}", "-:2:21: needs: expected a list, found 3"),
        (#"{"name":"a","#, "-:1:13: not JSON: expected a string"),
    ]) func badGraphRecordsAreRefused(_ text: String, _ message: String) {
        let input = DocumentInput(name: "-", bytes: Array(text.utf8), base: nil)
        #expect(throws: FarmError(.badInput, message)) { try input.readGraphRecords() }
    }

    @Test func defaultsHoldForWhatADocumentDoesNotSayAndChangeNoDigest() throws {
        var limits = Limits()
        limits.wallMilliseconds = 60_000
        let reader = DocumentReader(defaults: DocumentDefaults(limits: limits, retry: RetryPolicy(attempts: 9)))
        let text = "name: a\nrun: x\n---\nname: b\nrun: x\nlimits: {time: 10h}\nretry: 3\n"
        let found = try reader.read([DocumentInput(name: "f", bytes: Array(text.utf8), base: nil)])
        let plans = try found.map { try ScriptRecipe().plan($0, resolved: Resolution()) }
        #expect(plans.map(\.limits.wallMilliseconds) == [60_000, 36_000_000])
        #expect(found.map(\.retry.attempts) == [9, 3])
        #expect(try plans[0].digest == plan("name: a\nrun: x\n").digest)
        // A record says what its reader would otherwise replace by a default of its own.
        let records = found.map { JSONValue.object($0.document).text }.joined(separator: "\n")
        let again = try reader.read([DocumentInput(name: "r", bytes: Array(records.utf8), base: nil)])
        #expect(again.map(\.document) == found.map(\.document))
    }
}
