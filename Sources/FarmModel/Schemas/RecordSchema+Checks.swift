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
}
