import Testing

@testable import BuildGraph

@Suite struct DOTTests {
    @Test func goldenWithStatesAndAnnotations() {
        let graph = graph("app: lib zlib", "lib: zlib", "zlib")
        let text = graph.dot(state: { [NodeState.running, .failed, nil][$0] }, annotation: { $0 == 2 ? "1.3.1" : nil })
        #expect(
            text == """
                digraph build {
                    graph [rankdir=LR, bgcolor=transparent, nodesep=0.18, ranksep=0.6]
                    node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#8c959f", fontcolor="#1f2328"]
                    node [fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.32, margin="0.14,0.06"]
                    edge [color="#8c959f", arrowsize=0.6]
                    "app" [fillcolor="#ddf4ff", color="#0969da"]
                    "lib" [fillcolor="#ffebe9", color="#cf222e"]
                    "zlib" [label="zlib\\n1.3.1"]
                    "lib" -> "app"
                    "zlib" -> "app"
                    "zlib" -> "lib"
                }

                """)
    }

    @Test(arguments: [
        ("plain-1.0_x/y@z", #""plain-1.0_x/y@z""#),
        ("", #""""#),
        (#"say "hi""#, #""say \"hi\"""#),
        ("a]; b -> c; <b>", #""a]; b -> c; <b>""#),
        ("größe", #""größe""#),
        (#"end\"#, #""end\\\\" [label="end\\\\"]"#),
        (#"\N\l"#, #""\\\\N\\\\l" [label="\\\\N\\\\l"]"#),
        ("two\nlines", #""two\\u{a}lines" [label="two\\u{a}lines"]"#),
        ("\u{0}\u{1B}\u{202E}", #""\\u{0}\\u{1b}\\u{202e}" [label="\\u{0}\\u{1b}\\u{202e}"]"#),
        ("a&lt;b", #""a&lt;b" [label="a&amp;lt;b"]"#),
    ])
    func hostileNames(name: String, statement: String) {
        let lines = Graph(nodes: [name, "x"], edges: [(1, 0)]).dot().split(separator: "\n")
        #expect(lines.count == 9)
        #expect(lines[5] == "    \(statement)")
    }

    @Test func hostileAnnotationStaysInItsLabel() {
        let text = graph("a").dot(annotation: { _ in "\"]\n}&\\" })
        #expect(text.contains(#"    "a" [label="a\n\"]\\u{a}}&amp;\\\\"]"# + "\n"))
    }
}
