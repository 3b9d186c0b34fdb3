extension RecordSchema {
    static let artifact = RecordSchema(
        kind: "artifact", summary: "A named result of a job.",
        members: [
            SchemaMember("job", .id("j"), "The job that made it; absent where its build is gone."),
            SchemaMember("type", .text, "What it is: tree, or what the recipe calls it.", isRequired: true),
            SchemaMember("name", .text, "Its name."),
            SchemaMember("version", .text, "Its version, if stated."),
            SchemaMember("arch", .word(Architecture.names), "Its architecture."),
            SchemaMember("path", .text, "The file within the job's tree; absent for the whole tree."),
            SchemaMember("bytes", .integer, "Its size; of a tree, of all files together.", isRequired: true),
            SchemaMember("digest", .digest, "The digest of the file or tree.", isRequired: true),
        ])

    static let file = RecordSchema(
        kind: "file", summary: "An entry of a tree.",
        members: [
            SchemaMember("tree", .digest, "The tree.", isRequired: true),
            SchemaMember("job", .id("j"), "The job that made the tree, where that is known."),
            SchemaMember("path", .text, "Its path within the tree.", isRequired: true),
            SchemaMember("type", .word(["file", "folder", "link"]), "What it is.", isRequired: true),
            SchemaMember("mode", .text, "Its permission bits in octal digits.", isRequired: true),
            SchemaMember("bytes", .integer, "The size of a file."),
            SchemaMember("digest", .digest, "The digest of a file."),
            SchemaMember("target", .text, "What a symbolic link says."),
        ])

    static let log = RecordSchema(
        kind: "log", summary: "A line of a log.",
        members: [
            SchemaMember("job", .id("j"), "The job that printed it.", isRequired: true),
            SchemaMember("build", .id("b"), "Its build.", isRequired: true),
            SchemaMember("name", .text, "The job as people write it.", isRequired: true),
            SchemaMember("attempt", .integer, "The attempt's number.", isRequired: true),
            SchemaMember("phase", .text, "The phase that printed it, where the index tells."),
            SchemaMember("time", .time, "When it was printed, where the index tells."),
            SchemaMember("offset", .integer, "Where it begins in the log, in bytes.", isRequired: true),
            SchemaMember("text", .text, "The line without its end.", isRequired: true),
            SchemaMember("lossy", .flag, "True where bytes were no UTF-8; U+FFFD stands for each."),
            SchemaMember("partial", .flag, "True where no line end follows: a piece of a long line, or the end of what there is."),
        ])

    static let event = RecordSchema(
        kind: "event", summary: "A change of state.",
        members: [
            SchemaMember("cursor", .text, "Its place; --cursor goes on after it.", isRequired: true),
            SchemaMember("event", .text, "What happened.", isRequired: true),
            SchemaMember("time", .time, "When.", isRequired: true),
            SchemaMember("build", .id("b"), "The build it is about."),
            SchemaMember("job", .id("j"), "The job it is about."),
            SchemaMember("attempt", .id("a"), "The attempt it is about."),
            SchemaMember("data", .anyObject, "More; the keys depend on the event."),
        ])

    static let collection = RecordSchema(
        kind: "gc", summary: "Something that was removed, would be removed, or is kept.",
        members: [
            SchemaMember(
                "type", .word(["build", "log", "artifact", "blob", "session", "work", "cache", "leftover"]), "What it is.", isRequired: true
            ),
            SchemaMember("id", .text, "Its id, digest, or path below the state directory.", isRequired: true),
            SchemaMember("bytes", .integer, "How much room it took, if that was measured."),
            SchemaMember("reason", .text, "Why it went, or stays.", isRequired: true),
            SchemaMember("dry_run", .flag, "True if it is still there because nothing was to be removed."),
            SchemaMember("kept", .flag, "True if it stays."),
        ])

    static let pin = RecordSchema(
        kind: "pin", summary: "Something that bf-gc must keep.",
        members: [
            SchemaMember("id", .text, "The build's id, or the digest.", isRequired: true),
            SchemaMember("holder", .text, "Who pinned it.", isRequired: true),
            SchemaMember("reason", .text, "Why."),
            SchemaMember("created", .time, "When.", isRequired: true),
            SchemaMember("expires", .time, "Until when; absent for ever."),
        ])

    static let setting = RecordSchema(
        kind: "setting", summary: "A value of the configuration.",
        members: [
            SchemaMember("key", .text, "Its key in bf.yaml.", isRequired: true),
            SchemaMember("value", .anything, "Its value; of a secret only where it comes from.", isRequired: true),
            SchemaMember(
                "origin", .text, "Where the value comes from: a file and its line, a variable, an option, or default.", isRequired: true),
        ])
}
