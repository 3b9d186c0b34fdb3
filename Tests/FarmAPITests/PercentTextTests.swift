import FarmAPI
import Testing

@Suite struct PercentTextTests {
    @Test(arguments: [
        ("editors/vim", "editors/vim"), ("editors%2Fvim", "editors/vim"), ("a%2fb%40c", "a/b@c"), ("%C3%A9", "é"), ("", ""), ("a+b", "a+b"),
    ]) func isDecoded(_ text: String, _ decoded: String) { #expect(PercentText.decoded(text) == decoded) }

    @Test(arguments: ["%", "%2", "a%zz", "%C3", "%é0"]) func malformedTextIsNone(_ text: String) {
        #expect(PercentText.decoded(text) == nil)
    }
}
