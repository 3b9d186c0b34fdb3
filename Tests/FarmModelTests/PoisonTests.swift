import FarmModel
import Testing

@Suite struct PoisonTests {
    private func lost(_ boot: String = "now") -> PastFailure { PastFailure(failure: .lost, bootIdentifier: boot) }
    private let unlucky = PastFailure(failure: .infrastructure, bootIdentifier: "now")

    @Test func threeLostRunnersInARowAreEnough() {
        #expect(RetryPolicy.isPoison([lost(), lost(), lost()], boot: "now"))
        #expect(RetryPolicy.isPoison([unlucky, lost(), lost(), lost()], boot: "now"))
        #expect(!RetryPolicy.isPoison([lost(), lost()], boot: "now"))
        #expect(!RetryPolicy.isPoison([lost(), unlucky, lost(), lost()], boot: "now"))
    }

    @Test func aMachineThatWentDownIsNotTheJobsFault() {
        #expect(!RetryPolicy.isPoison([lost("before"), lost(), lost()], boot: "now"))
        #expect(!RetryPolicy.isPoison([lost("before"), lost("before"), lost("before")], boot: "now"))
        #expect(RetryPolicy.countedFailures([lost("before"), lost("earlier"), lost()], boot: "now") == 1)
        #expect(RetryPolicy.countedFailures([unlucky, lost("before"), lost()], boot: "now") == 2)
    }
}
