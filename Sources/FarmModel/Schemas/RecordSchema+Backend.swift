extension RecordSchema {
    static let backend = RecordSchema(
        kind: "backend", summary: "A daemon that runs jobs for the farm, here or on another machine, and what is known of it.",
        members: said + now + health)

    /// What whoever added it said.
    private static let said = [
        SchemaMember("address", .text, "Where it listens.", isRequired: true),
        SchemaMember(
            "backend_kind", .word(BackendKind.allCases.map(\.rawValue)), "What it is, if that was said; else its address tells: buildkit."),
        SchemaMember("arch", .text, "What it builds for.", isRequired: true),
        SchemaMember("labels", .map(.text), "What jobs may ask of it; absent for nothing."),
        SchemaMember("max_jobs", .integer, "How many jobs it runs at once; absent for the usual number of the farm."),
        SchemaMember("weight", .integer, "Its share of the work beside others; absent for 1."),
        SchemaMember("emulates", .list(.text), "Other architectures that it runs by emulation; absent for none."),
        SchemaMember("runtime", .text, "The runtime of its containers, by the daemon's name for it; absent for the daemon's own choice."),
        SchemaMember("tls", .object(tls), "Files with which connections to it are made safe, on the runners' machine; absent without TLS."),
        SchemaMember(
            "registry_auth", .text, "A file with credentials for registries, on the runners' machine; absent for that of the runner's user."
        ),
    ]

    private static let tls = [
        SchemaMember("authority", .text, "The issuers of its certificate; absent for those that the system trusts."),
        SchemaMember("certificate", .text, "The runners' own certificate."),
        SchemaMember("key", .text, "The key of that."),
        SchemaMember("server_name", .text, "The name in its certificate, if it is not that of the address."),
    ]

    /// How it fares.
    private static let now = [
        SchemaMember(
            "state", .word(["drained", "offline", "resting", "probing", "online", "unknown"]), "How it is: the first of these that holds."),
        SchemaMember("slots", .integer, "How many jobs it may run at once."),
        SchemaMember("running", .integer, "How many it runs."),
        SchemaMember("attempts", .list(.id("a")), "The attempts that run on it; absent for none."),
        SchemaMember("breaker", .object(breaker), "How its failures are counted."),
        SchemaMember("drain", .object(drain), "Who keeps jobs from it; absent if nobody does."),
    ]

    private static let breaker = [
        SchemaMember(
            "state", .word(["closed", "open", "half_open"]), "Whether it gets jobs: all, none, or one that tries it.", isRequired: true),
        SchemaMember("failures", .integer, "How often it failed in a row, apart from jobs that failed by themselves.", isRequired: true),
        SchemaMember("rest_ms", .integer, "For how long it still rests, in milliseconds; absent if it does not."),
        SchemaMember("last_error", .text, "Its newest failure."),
        SchemaMember("last_failure", .time, "When that was."),
    ]

    private static let drain = [
        SchemaMember("by", .text, "The login name."),
        SchemaMember("since", .time, "Since when."),
        SchemaMember("reason", .text, "The reason they gave."),
    ]

    /// What it answered when it was last asked.
    private static let health = [
        SchemaMember("checked", .time, "When it was last asked how it is; absent if never."),
        SchemaMember("offline_since", .time, "Since when it does not answer; absent if it does."),
        SchemaMember("offline_error", .text, "Why it is thought to be offline."),
        SchemaMember("version", .text, "Its name and version."),
        SchemaMember("architectures", .list(.text), "What it runs programs of, as it says itself."),
        SchemaMember("abilities", .list(.text), "What it can do that others of its kind may not."),
        SchemaMember("figures", .anyObject, "Numbers that it gave, for instance cache_bytes and cache_most_bytes of its disk."),
        SchemaMember("advice", .list(.text), "What is worth changing on it; absent for nothing."),
    ]
}
