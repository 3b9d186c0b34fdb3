extension RecordSchema {
    private static let architectures = SchemaValue.word(Architecture.names)
    private static let classes = SchemaValue.word(FailureClass.allCases.map(\.rawValue))

    static let history = RecordSchema(
        kind: "history", summary: "An ended attempt, known also when its build is gone.",
        members: [
            SchemaMember("id", .id("a"), "The attempt's id.", isRequired: true),
            SchemaMember("job", .id("j"), "Its job.", isRequired: true),
            SchemaMember("build", .id("b"), "Its build.", isRequired: true),
            SchemaMember("name", .text, "What it built.", isRequired: true),
            SchemaMember("arch", architectures, "The architecture it was built for.", isRequired: true),
            SchemaMember("cell", .map(.text), "Its place in the matrix: axis and value; absent without a matrix."),
            SchemaMember("state", .word(AttemptState.allCases.map(\.rawValue)), "How it ended.", isRequired: true),
            SchemaMember("class", classes, "Why it failed; absent for other states."),
            SchemaMember("runner", .id("r"), "The runner that had it.", isRequired: true),
            SchemaMember("host", .text, "The runner's machine."),
            SchemaMember("isolation", .text, "How it was isolated: sandbox or none; on a backend engine or buildkit.", isRequired: true),
            SchemaMember("ended", .time, "When it ended.", isRequired: true),
            SchemaMember("duration_ms", .integer, "How long it took, in milliseconds; absent if the machine went down meanwhile."),
            SchemaMember("output", .digest, "The tree it made."),
            SchemaMember("collected", .flag, "True if its build was collected, so that no more is known."),
        ])

    static let difference = RecordSchema(
        kind: "difference", summary: "One thing in which two attempts differ.",
        members: [
            SchemaMember("from", .id("a"), "The attempt that is compared with.", isRequired: true),
            SchemaMember("to", .id("a"), "The attempt that is looked at.", isRequired: true),
            SchemaMember(
                "what", .word(AttemptDifference.Subject.allCases.map(\.rawValue)), "What kind of thing it is.", isRequired: true),
            SchemaMember("name", .text, "Which one of its kind.", isRequired: true),
            SchemaMember("old", .anything, "What it was; absent if there was none."),
            SchemaMember("new", .anything, "What it is; absent if there is none."),
        ])

    static let statistics = RecordSchema(
        kind: "stats", summary: "What became of attempts that have something in common.",
        members: [
            SchemaMember("by", .word(StatisticsGrouping.allCases.map(\.rawValue)), "What they have in common; absent for all attempts."),
            SchemaMember("group", .text, "The day, the week (ISO 8601), the package or the runner."),
            SchemaMember("first", .time, "The start of the first."),
            SchemaMember("last", .time, "The end of the last."),
            SchemaMember("attempts", .integer, "How many there are.", isRequired: true),
            SchemaMember("success", .integer, "How many succeeded.", isRequired: true),
            SchemaMember("failed", .integer, "How many failed.", isRequired: true),
            SchemaMember("cancelled", .integer, "How many were ended by request.", isRequired: true),
            SchemaMember("success_rate", .number, "The part that succeeded of those that were not ended by request, from 0 to 1."),
            SchemaMember("classes", .map(.integer), "How many failed, by the class."),
            SchemaMember("median_ms", .integer, "How long half of the good ones took at most, in milliseconds."),
            SchemaMember("p90_ms", .integer, "How long nine of ten took at most."),
            SchemaMember("total_ms", .integer, "How long all took together.", isRequired: true),
            SchemaMember("busy_ms", .integer, "In how many milliseconds at least one of them ran.", isRequired: true),
            SchemaMember("per_hour", .number, "How many succeeded for each hour in which there was work."),
            SchemaMember("slowest", .object(slowest), "The good attempt that took longest."),
            SchemaMember("busiest", .object(busiest), "The runner whose attempts took longest, together."),
        ])

    private static let slowest = [
        SchemaMember("id", .id("a"), "The attempt.", isRequired: true),
        SchemaMember("name", .text, "What it built.", isRequired: true),
        SchemaMember("duration_ms", .integer, "How long it took.", isRequired: true),
    ]

    private static let busiest = [
        SchemaMember("runner", .id("r"), "The runner.", isRequired: true),
        SchemaMember("host", .text, "Its machine."),
        SchemaMember("total_ms", .integer, "How long its attempts took, together.", isRequired: true),
    ]
}
