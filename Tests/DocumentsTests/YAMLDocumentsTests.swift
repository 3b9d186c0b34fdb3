import Testing

@Suite struct YAMLDocumentsTests {
    /// Texts and the JSON of their documents.
    static let texts = [
        ("", ""), ("# only a comment\n", ""), ("---\n---\n", "null null"), ("a: 1\n---\nb: 2\n...\n", #"{"a":1} {"b":2}"#),
        ("[~, null, Null, NULL, '']", #"[null,null,null,null,""]"#),
        ("[true, True, TRUE, false, yes, no, on, off, y]", #"[true,true,true,false,"yes","no","on","off","y"]"#),
        ("[0, -0, +7, 007, 0o17, 0x1F, 0xg, 0o8, 1_000, 0b1]", #"[0,0,7,7,15,31,"0xg","0o8","1_000","0b1"]"#),
        (
            "[9223372036854775807, -9223372036854775808, 9223372036854775808]",
            "[9223372036854775807,-9223372036854775808,9.223372036854776e+18]"
        ),
        ("[1.5, .5, 1., 1e3, -1.5E-2, 1.2.3, e3, ., +.]", #"[1.5,0.5,1.0,1000.0,-0.015,"1.2.3","e3",".","+."]"#),
        ("[.inf, -.inf, .nan, inf, 190:20:30, 2001-01-01]", #"["number inf","number -inf","number nan","inf","190:20:30","2001-01-01"]"#),
        ("['1', \"true\", !!str 1, ! 1, !!float 1, !!null ~]", #"["1","true","1","1",1.0,null]"#),
        ("a: |\n  x\n   y\nb: >\n  p\n  q\nc: |-\n  z\n", #"{"a":"x\n y\n","b":"p q\n","c":"z"}"#),
        ("\"\\u00e9\\x41\\n\"", #""éA\n""#),
        ("{a: , 'b': c, 1: d, null: e, true: f}", #"{"a":null,"b":"c","1":"d","null":"e","true":"f"}"#),
        ("? a\n: b\n? c\n", #"{"a":"b","c":null}"#), ("a: &x [1]\nb: *x\n", #"{"a":[1],"b":[1]}"#),
        ("- &k key\n- *k : 1\n", #"["key",{"key":1}]"#), ("a: &x 1\nb: &x 2\nc: *x\n", #"{"a":1,"b":2,"c":2}"#),
        ("a: &m {x: 1, y: 2}\nb: {<<: *m, y: 3}\n", #"{"a":{"x":1,"y":2},"b":{"y":3,"x":1}}"#),
        ("- &m {x: 1}\n- &n {x: 2, z: 3}\n- {<<: [*m, *n]}\n", #"[{"x":1},{"x":2,"z":3},{"x":1,"z":3}]"#),
        ("{'<<': 1}", #"{"<<":1}"#), ("a: b\r\nc:\r\n  - d\r\n", #"{"a":"b","c":["d"]}"#),
        ("%YAML 1.1\n---\na: b # c\n", #"{"a":"b"}"#), ("!!map {a: !!seq [b]}", #"{"a":["b"]}"#),
    ]

    @Test(arguments: texts) func composes(_ text: String, _ json: String) { #expect(composed(text) == json) }

    /// Texts and their faults.
    static let faults = [
        ("a: 1\nb: 2\na: 3\n", #"3:1: the key "a" stands twice"#), ("{1: a, '1': b}", #"1:8: the key "1" stands twice"#),
        ("a: *x\n", "1:4: no anchor &x stands before the alias *x"), ("&a [*a]", "1:5: the alias *a stands within its own anchor"),
        ("&x 1\n---\n*x\n", "3:1: no anchor &x stands before the alias *x"), ("{a: b}: c\n", "1:1: a key must be a string, not a mapping"),
        ("&a [1]\n---\n- &a [1]\n- *a : 2\n", "4:3: a key must be a string, not a list"),
        ("{<<: {a: 1}, <<: {b: 1}}", #"1:14: the key "<<" stands twice; merge a list of mappings instead"#),
        ("{<<: [1]}", #"1:7: "<<" merges a mapping or a list of mappings, not 1"#),
        ("a:\n  b: 1\n\tc: 2\n", "3:1: not YAML: a tab cannot stand here; indent with spaces"),
        ("a: 'b\n", "2:1: not YAML: found unexpected end of stream while scanning a quoted scalar"),
        ("a: @b\n", "1:4: not YAML: found character that cannot start any token while scanning for the next token"),
        (
            "!!python/object:os.system x",
            #"1:1: the tag "!!python/object:os.system" does not fit here; only !!str, !!int, !!float, !!bool, !!null, !!seq and !!map are known"#
        ),
    ]

    @Test(arguments: faults) func refuses(_ text: String, _ fault: String) { #expect(composed(text) == fault) }
}
