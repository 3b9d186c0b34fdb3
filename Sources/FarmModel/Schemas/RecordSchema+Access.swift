extension RecordSchema {
    static let token = RecordSchema(
        kind: "token", summary: "A token by which a program or person is let in over HTTP.",
        members: [
            SchemaMember("id", .id("t"), "Its id.", isRequired: true),
            SchemaMember("name", .text, "What it is called.", isRequired: true),
            SchemaMember("role", .word(Role.allCases.map(\.rawValue)), "What its holder may do.", isRequired: true),
            SchemaMember("owner", .text, "Whose builds its holder submits; absent for the name of the token."),
            SchemaMember("created", .time, "When it was made.", isRequired: true),
            SchemaMember("expires", .time, "From when on it is not valid; absent for never."),
            SchemaMember("revoked", .time, "When it was taken back."),
            SchemaMember("last_used", .time, "When it was last used, give or take a minute."),
        ])

    static let message = RecordSchema(
        kind: "message", summary: "What a webhook is told: the body of the request.",
        members: [
            SchemaMember("id", .text, "The cursor of the event; the same each time it is sent.", isRequired: true),
            SchemaMember("type", .word(Webhook.Event.allCases.map(\.rawValue)), "What happened.", isRequired: true),
            SchemaMember("time", .time, "When.", isRequired: true),
            SchemaMember("build", .anyObject, "The build record.", isRequired: true),
            SchemaMember("job", .anyObject, "The job record, if a job ended."),
            SchemaMember("victims", .list(.object(victim)), "The first 1000 jobs that were skipped because of it; absent for none."),
            SchemaMember("victim_count", .integer, "How many these are in all."),
        ])

    private static let victim = [
        SchemaMember("id", .id("j"), "Its id.", isRequired: true),
        SchemaMember("name", .text, "The job as people write it.", isRequired: true),
    ]
}
