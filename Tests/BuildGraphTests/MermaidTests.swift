import Testing

@testable import BuildGraph

@Suite struct MermaidTests {
    @Test func goldenWithStatesAndAnnotations() {
        let graph = graph("app: lib zlib", "lib: zlib", "zlib")
        let text = graph.mermaid(state: { [NodeState.skipped, .success, nil][$0] }, annotation: { $0 == 2 ? "1.3.1" : nil })
        #expect(
            text == """
                flowchart LR
                    n0["app"]:::skipped
                    n1["lib"]:::success
                    n2["zlib<br/>1.3.1"]
                    n1 --> n0
                    n2 --> n0
                    n2 --> n1
                    classDef success fill:#dafbe1,stroke:#1a7f37,color:#1f2328
                    classDef skipped fill:#eaeef2,stroke:#afb8c1,color:#1f2328

                """)
    }

    @Test(arguments: [
        ("devel/py-foo@1.0,+x", "devel/py-foo@1.0,+x"),
        ("end", "end"),
        ("", "#160;"),
        (#"a"]; n1["b"#, "a#34;#93;#59; n1#91;#34;b"),
        ("<img src=x>&amp;", "#60;img src#61;x#62;#38;amp#59;"),
        ("`**bold**`#35;", "#96;#42;#42;bold#42;#42;#96;#35;35#59;"),
        ("größe", "größe"),
        ("two\nlines\\", "two#92;u#123;a#125;lines#92;#92;"),
        ("%%{init}%%", "#37;#37;#123;init#125;#37;#37;"),
    ])
    func hostileNames(name: String, label: String) {
        #expect(Graph(nodes: [name], edges: []).mermaid() == "flowchart LR\n    n0[\"\(label)\"]\n")
    }
}
