extension RecordSchema {
    static let check = RecordSchema(
        kind: "check", summary: "What was found out about something that the farm needs or could use.",
        members: [
            SchemaMember("name", .text, "What was looked at.", isRequired: true),
            SchemaMember(
                "verdict", .word(CheckRecord.Verdict.allCases.map(\.rawValue)), "What it comes to.", isRequired: true),
            SchemaMember("found", .text, "What was found.", isRequired: true),
            SchemaMember("remedy", .text, "What to install or change, if anything."),
        ])

    static let verification = RecordSchema(
        kind: "verification", summary: "What building a job again came to.",
        members: [
            SchemaMember("type", .word(VerificationRecord.Action.allCases.map(\.rawValue)), "What was done.", isRequired: true),
            SchemaMember("job", .id("j"), "The job.", isRequired: true),
            SchemaMember("build", .id("b"), "Its build.", isRequired: true),
            SchemaMember("name", .text, "The job as people write it.", isRequired: true),
            SchemaMember("attempt", .id("a"), "The attempt that was repeated; of an unchanged job it is that of another one."),
            SchemaMember("verdict", .word(VerificationRecord.Verdict.allCases.map(\.rawValue)), "What it came to.", isRequired: true),
            SchemaMember("class", .word(FailureClass.allCases.map(\.rawValue)), "Why it failed."),
            SchemaMember("message", .text, "One line on it."),
            SchemaMember("tree", .digest, "The tree that was recorded."),
            SchemaMember("rebuilt_tree", .digest, "The tree that was built now, which is not kept."),
            SchemaMember("difference_count", .integer, "How many paths differ."),
            SchemaMember("differences", .list(.object(differing)), "The first 1000 paths that differ."),
            SchemaMember("variations", .object(varied), "What was varied.", isRequired: true),
            SchemaMember("log", .text, "The path of its log; absent if nothing was printed."),
            SchemaMember("report", .text, "The path of what diffoscope wrote, if it was run."),
            SchemaMember("ended", .time, "When it ended.", isRequired: true),
            SchemaMember("duration_ms", .integer, "How long it took.", isRequired: true),
        ])

    private static let differing = [
        SchemaMember("path", .text, "The path within the tree.", isRequired: true),
        SchemaMember("old", .object(treeEntry), "What was recorded there; absent if nothing was."),
        SchemaMember("new", .object(treeEntry), "What was built there now; absent if nothing was."),
    ]

    private static let treeEntry = [
        SchemaMember("type", .word(["file", "folder", "link"]), "What it is.", isRequired: true),
        SchemaMember("mode", .text, "Its permission bits in octal digits."),
        SchemaMember("bytes", .integer, "The size of a file."),
        SchemaMember("digest", .digest, "The digest of a file."),
        SchemaMember("target", .text, "What a symbolic link says."),
    ]

    private static let varied = [
        SchemaMember("hostname", .text, "The host name."),
        SchemaMember("locale", .text, "LANG."),
        SchemaMember("timezone", .text, "TZ."),
        SchemaMember("umask", .text, "The permission bits that new files did not get, in octal digits."),
        SchemaMember("order", .text, "The order in which the source folders were made."),
        SchemaMember("cpu", .text, "How many processors there were."),
        SchemaMember("clock", .text, "How much later the clock was."),
    ]
}
