import FarmModel
import Testing

@Suite struct IdentifierTests {
    @Test func textFormsReadAgain() {
        for number: Int64 in [0, 1, 31, 32, 1 << 40, (1 << 60) - 1] {
            let id = BuildID(number)
            #expect(id.description.utf8.count == 14)
            #expect(BuildID(id.description) == id)
            #expect(BuildID(id.description.uppercased()) == id)
        }
        #expect(JobID((1 << 60) - 1).description == "j-zzzzzzzzzzzz")
    }

    @Test(arguments: [
        "", "b", "b-", "b-1", "j-000000000000", "b-00000000000u", "b-0000000000000", "b000000000000", "b_000000000000", "b-00000000000é",
    ])
    func otherTextsAreRefused(_ text: String) { #expect(BuildID(text) == nil) }

    @Test func lookalikeLettersAreRead() { #expect(RunnerID("r-O00000000Il1") == RunnerID("r-000000000111")) }

    @Test func prefixesAreRangesOfNumbers() {
        let range = AttemptID.range(ofPrefix: "a-06e")
        let inside = AttemptID("a-06e000000000").map(\.number)
        #expect(range?.lowerBound == inside)
        #expect(range?.upperBound == AttemptID("a-06ezzzzzzzzz").map(\.number))
        #expect(AttemptID.range(ofPrefix: "a-") == nil)
        #expect(AttemptID.range(ofPrefix: "06e") == nil)
        #expect(AttemptID.range(ofPrefix: "a-zzzzzzzzzzzz")?.upperBound == (1 << 60) - 1)
    }

    @Test func numbersSortByTime() {
        let early = BuildID(BuildID.floor(wallMilliseconds: 1_700_000_000_000))
        let late = BuildID(BuildID.floor(wallMilliseconds: 1_700_000_000_001))
        #expect(early < late && early.description < late.description)
        #expect(early.wallMilliseconds == 1_700_000_000_000)
        #expect(BuildID.floor(wallMilliseconds: 0) == 0)
    }
}
