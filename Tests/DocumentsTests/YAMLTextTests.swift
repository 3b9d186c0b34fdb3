import FarmModel
import Testing

@testable import Documents

@Suite struct YAMLTextTests {
    @Test func itReadsAsPeopleWriteIt() {
        let object: JSONObject = [
            "name": "bf", "list": [["a": 1, "b": ["c", "d"]], "x"], "none": [:], "empty": [], "text": "one\n\n two\n", "port": ":8443",
            "flag": true, "word": "true",
        ]
        #expect(
            YAMLText.of(object) == """
                name: bf
                list:
                  - a: 1
                    b:
                      - c
                      - d
                  - x
                none: {}
                empty: []
                text: |
                  one

                   two
                port: ":8443"
                flag: true
                word: "true"

                """)
    }

    @Test(arguments: [
        "", " ", "a", "true", "No", "null", "~", "1", "1e3", "0x10", "1:2", "a: b", "a #b", "#", "- a", "-", "?", "[a]", "{a}", "&a", "*a",
        "!a",
        "|", ">", "'", "\"", "%a", "@a", "`a", "a:", "a\nb", "a\nb\n", "\na", " a\nb", "a\n\n", "a\n b\n", "a\tb\nc", "\u{1}", "äöü",
        "\u{2028}",
        "2026-11-21", "tcp://a:1", "sha256:ab", "---", "...", "--- a\nb", "y", "=", "<<", "a b", "\\", "a\r\nb",
    ])
    func everyStringComesBack(text: String) {
        let object: JSONObject = ["value": .string(text), "list": [.string(text), ["key": .string(text)]]]
        #expect(composed(YAMLText.of(object)) == JSONValue.object(object).text, "\(YAMLText.of(object))")
    }

    @Test func keysComeBackToo() {
        let object: JSONObject = ["true": 1, "a b": 2, "1": 3, "app.kubernetes.io/name": 4, "nested": ["-": ["x": JSONValue.null]]]
        #expect(composed(YAMLText.of(object)) == JSONValue.object(object).text)
    }
}
