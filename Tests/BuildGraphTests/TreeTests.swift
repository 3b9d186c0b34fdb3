import Testing

@testable import BuildGraph

@Suite struct TreeTests {
    static let shared = graph("app: lib tool zlib", "lib: zlib", "tool: lib", "zlib: cc", "cc", "docs: tool", "alone")

    @Test func sharedNeedsAreDrawnOnce() {
        #expect(
            Self.shared.tree() == """
                app
                ├── lib
                │   └── zlib
                │       └── cc
                ├── tool
                │   └── lib ⋯
                └── zlib ⋯
                docs
                └── tool ⋯
                alone

                """)
    }

    @Test func asciiStyleWithAnnotations() {
        #expect(
            Self.shared.tree(style: .ascii, annotation: { $0 == 1 ? "1.2 “new”" : nil }) == """
                app
                |-- lib 1.2 \\u{201c}new\\u{201d}
                |   `-- zlib
                |       `-- cc
                |-- tool
                |   `-- lib 1.2 \\u{201c}new\\u{201d} ...
                `-- zlib ...
                docs
                `-- tool ...
                alone

                """)
    }

    @Test func cycleBeginsATreeOnlyIfNobodyElseNeedsIt() {
        #expect(
            graph("leaf", "b: c leaf", "c: b", "d: d", "top: d").tree() == """
                b
                ├── c
                │   └── b ⋯
                └── leaf
                top
                └── d
                    └── d ⋯

                """)
    }

    @Test func depthLimitGoesOnInATreeFurtherDown() {
        #expect(
            chain(6).tree(maximumDepth: 2) == """
                0
                └── 1
                    └── 2 ⋯
                2
                └── 3
                    └── 4 ⋯
                4
                └── 5

                """)
        #expect(chain(2).tree(maximumDepth: 0) == "0\n└── 1\n")
    }

    @Test func depthLimitDoesNotRepeatWhatAShorterWayShows() {
        #expect(
            graph("top: mid deep", "mid: deep", "deep: leaf", "leaf").tree(maximumDepth: 2) == """
                top
                ├── mid
                │   └── deep ⋯
                └── deep
                    └── leaf

                """)
    }

    @Test(arguments: [
        ("a\nb", #"a\u{a}b"#, #"a\u{a}b"#),
        ("\u{1B}[31m\u{7F}\u{9B}", #"\u{1b}[31m\u{7f}\u{9b}"#, #"\u{1b}[31m\u{7f}\u{9b}"#),
        (#"a\u{a}b"#, #"a\\u{a}b"#, #"a\\u{a}b"#),
        ("\u{202E}\u{2028}\u{200D}", #"\u{202e}\u{2028}\u{200d}"#, #"\u{202e}\u{2028}\u{200d}"#),
        ("größe \"q\" <x]", "größe \"q\" <x]", #"gr\u{f6}\u{df}e "q" <x]"#),
    ])
    func hostileNames(name: String, visible: String, ascii: String) {
        let graph = Graph(nodes: [name], edges: [])
        #expect(graph.tree() == visible + "\n")
        #expect(graph.tree(style: .ascii) == ascii + "\n")
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func everyNodeIsDrawnAndEveryEdgeOnce(seed: UInt64) {
        let graph = RandomGraph.any(seed: seed).graph
        for depth in [1, 3, 64] {
            let lines = graph.tree(style: .ascii, maximumDepth: depth).split(separator: "\n")
            let names = Set(lines.map { $0.drop { !$0.isLetter }.prefix { $0 != " " } })
            #expect(names.count == graph.count)
            #expect(lines.filter { $0.first != "n" }.count == graph.edgeCount)
        }
    }
}
