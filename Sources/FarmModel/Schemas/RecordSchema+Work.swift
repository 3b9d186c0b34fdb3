extension RecordSchema {
    private static let classes = SchemaValue.word(FailureClass.allCases.map(\.rawValue))
    private static let paused = SchemaMember("paused", .anyObject, "Who paused it, when and why; absent if it is not paused.")
    private static let waitCodes = SchemaValue.word(WaitCode.allCases.map(\.rawValue))
    private static let architectures = SchemaValue.word(Architecture.names)

    static let build = RecordSchema(
        kind: "build", summary: "A build: the jobs of one submission.",
        members: [
            SchemaMember("id", .id("b"), "Its id.", isRequired: true),
            SchemaMember("state", .word(BuildState.allCases.map(\.rawValue)), "Its state.", isRequired: true),
            SchemaMember("jobs", .integer, "The number of its jobs.", isRequired: true),
            SchemaMember("pending", .integer, "Jobs that wait; absent if none, as the counts that follow."),
            SchemaMember("running", .integer, "Jobs that run."),
            SchemaMember("success", .integer, "Jobs that succeeded, unchanged ones included."),
            SchemaMember("unchanged", .integer, "Jobs that needed no work."),
            SchemaMember("failed", .integer, "Jobs that failed."),
            SchemaMember("skipped", .integer, "Jobs that were not run because a job they need did not succeed."),
            SchemaMember("cancelled", .integer, "Jobs that were ended by request."),
            SchemaMember("cancelling", .flag, "True while a cancel request waits for running jobs."),
            SchemaMember("owner", .text, "Who submitted it."),
            SchemaMember("key", .text, "The key it was submitted with."),
            SchemaMember("dialect", .text, "The interface it came through; absent for the native one."),
            SchemaMember("labels", .list(.text), "The labels it was submitted with."),
            SchemaMember("priority", .integer, "What was added to the priority of each job; absent for 0."),
            paused,
            SchemaMember("created", .time, "When it was submitted.", isRequired: true),
            SchemaMember("not_before", .time, "Nothing starts before this time."),
            SchemaMember("started", .time, "When its first job started."),
            SchemaMember("ended", .time, "When its last job ended."),
            SchemaMember("duration_ms", .integer, "From its start to its end, in milliseconds."),
            SchemaMember("eta", .time, "When it will probably be done, by what its jobs took before."),
            SchemaMember("eta_p90", .time, "By when it will be done nine times of ten."),
            SchemaMember("eta_unknown", .integer, "How many of the remaining jobs were never built; absent for none."),
            SchemaMember("critical_path", .list(.text), "The first jobs of the longest chain of needs that is left."),
        ])

    static let job = RecordSchema(
        kind: "job", summary: "A job of a build, or of a graph that was not submitted.",
        members: [
            SchemaMember("id", .id("j"), "Its id; absent in a graph of documents."),
            SchemaMember("build", .id("b"), "Its build; absent in a graph of documents."),
            SchemaMember("name", .text, "Its name.", isRequired: true),
            SchemaMember("version", .text, "The version that its document states."),
            SchemaMember("arch", architectures, "The architecture it is built for."),
            SchemaMember("cell", .map(.text), "Its place in the matrix: axis and value; absent without a matrix."),
            SchemaMember("state", .word(JobState.allCases.map(\.rawValue)), "Its state."),
            SchemaMember("unchanged", .flag, "True if no work was needed."),
            SchemaMember("same_as", .id("j"), "The identical job whose result it has, or whose end it waits for."),
            SchemaMember("cancelling", .flag, "True while a cancel request waits for its processes."),
            SchemaMember("class", classes, "Why it failed; absent for other states."),
            SchemaMember("message", .text, "One line on how it ended."),
            SchemaMember("remembered_until", .time, "Of a failure that was remembered and not tried again: until when it counts."),
            SchemaMember("attempts", .integer, "How many attempts were started."),
            SchemaMember("root", .id("j"), "Of a skipped job: the job whose failure came first."),
            SchemaMember("via", .id("j"), "Of a skipped job: the job it needs through which that came."),
            SchemaMember("tree", .digest, "The tree of its outputs; absent before success, and once it was collected."),
            SchemaMember("plan_digest", .digest, "The digest of its plan."),
            SchemaMember("input_digest", .digest, "The digest of all that went into it, once it was run."),
            SchemaMember(
                "verified", .word(VerificationRecord.Verdict.allCases.map(\.rawValue)),
                "What bf-run verify came to the last time; only where the job is asked for by its id."),
            SchemaMember("due", .time, "When it may start, while it waits for a time."),
            SchemaMember("started", .time, "When its first attempt started."),
            SchemaMember("ended", .time, "When it ended."),
            SchemaMember("duration_ms", .integer, "From its start to its end, in milliseconds."),
            SchemaMember("needs", .list(.text), "In a graph, the jobs it needs; in the queue, the first of those it waits for."),
            SchemaMember("level", .integer, "In a graph: the length of the longest way down."),
            SchemaMember("members", .list(.text), "In a condensed graph: the jobs that this node stands for."),
            SchemaMember("position", .integer, "In the queue: its place among the jobs that wait for a runner only, from 1."),
            SchemaMember("waits_for", waitCodes, "Why it does not run: see bf-status(1)."),
        ])

    static let why = RecordSchema(
        kind: "why", summary: "Why a job does not run; of a build, what stands before the job that is nearest to its start.",
        members: [
            SchemaMember("id", .text, "The id of the job or build.", isRequired: true),
            SchemaMember("build", .id("b"), "The build of a job."),
            SchemaMember("name", .text, "The name of a job."),
            SchemaMember("state", .word(BuildState.allCases.map(\.rawValue) + ["skipped"]), "Its state.", isRequired: true),
            SchemaMember("code", waitCodes, "The primary reason; absent for what runs or has ended."),
            SchemaMember("reason", .text, "The same in a sentence."),
            SchemaMember("facts", .anyObject, "What is behind it; the members depend on the code."),
            SchemaMember("next", .text, "The command to type next."),
            SchemaMember("also", .list(.object(alsoWaits)), "Further reasons that hold."),
            SchemaMember("jobs", .map(.integer), "Of a build: how many of its jobs wait for each primary reason."),
        ])

    static let input = RecordSchema(
        kind: "input", summary: "An input of a job that differs from the last good build of its package.",
        members: [
            SchemaMember("job", .id("j"), "The job.", isRequired: true),
            SchemaMember("against", .id("j"), "The last good build of its package."),
            SchemaMember("name", .text, "What it is: plan, recipe, environment, source N or need NAME.", isRequired: true),
            SchemaMember("old", .text, "What it was, mostly a digest; absent if there was none."),
            SchemaMember("new", .text, "What it is; absent if there is none any more, or it is not known yet."),
            SchemaMember("detail", .text, "More about it, for instance which keys of the document differ."),
        ])

    private static let alsoWaits = [
        SchemaMember("code", waitCodes, "The reason.", isRequired: true),
        SchemaMember("reason", .text, "The same in a sentence.", isRequired: true),
        SchemaMember("facts", .anyObject, "What is behind it."),
    ]

    static let attempt = RecordSchema(
        kind: "attempt", summary: "One run of a job.",
        members: [
            SchemaMember("id", .id("a"), "Its id.", isRequired: true),
            SchemaMember("job", .id("j"), "Its job.", isRequired: true),
            SchemaMember("build", .id("b"), "Its build.", isRequired: true),
            SchemaMember("number", .integer, "Its number within the job, from 1.", isRequired: true),
            SchemaMember("state", .word(AttemptState.allCases.map(\.rawValue)), "Its state.", isRequired: true),
            SchemaMember("class", classes, "Why it failed; absent for other states."),
            SchemaMember("message", .text, "One line on how it ended."),
            SchemaMember("runner", .id("r"), "The runner that took it.", isRequired: true),
            SchemaMember("isolation", .text, "How it was isolated: sandbox or none; on a backend engine or buildkit.", isRequired: true),
            SchemaMember("backend", .text, "The address of the backend that it ran on; absent for the runner's own machine."),
            SchemaMember("exit_code", .integer, "The exit status of the phase that failed."),
            SchemaMember("signal", .integer, "The number of the signal that ended the phase that failed."),
            SchemaMember("log_bytes", .integer, "The size of its log, in bytes, once it has ended."),
            SchemaMember("input_digest", .digest, "The digest of all that went into it, if it got that far."),
            SchemaMember("claimed", .time, "When it was started.", isRequired: true),
            SchemaMember("ended", .time, "When it ended."),
            SchemaMember("duration_ms", .integer, "How long it took, in milliseconds; absent if the machine went down meanwhile."),
            SchemaMember("facts", facts, "What was found out while it ran."),
        ] + complete)

    /// What only --attempt shows.
    private static let complete = [
        SchemaMember("name", .text, "What it builds; this and all that follow, only with --attempt."),
        SchemaMember("version", .text, "The version that the document states."),
        SchemaMember("arch", architectures, "The architecture it is built for."),
        SchemaMember("cell", .map(.text), "Its place in the matrix: axis and value; absent without a matrix."),
        SchemaMember("recipe", .text, "The kind of document."),
        SchemaMember("requester", .object(requester), "Who asked for the build."),
        SchemaMember("requested", .time, "When they did."),
        SchemaMember("reason", .anyObject, "Why it was made: code, a word, and what belongs to it."),
        SchemaMember("host", .text, "The machine."),
        SchemaMember("machine", .object(machine), "What the machine was like."),
        SchemaMember("inputs", .object(inputs), "Everything that went into it; the input digest is made of it."),
        SchemaMember("variables", .map(.text), "The environment variables of all its phases, without secrets."),
        SchemaMember("output", .object(output), "The tree that it made; absent once it was collected."),
        SchemaMember("artifacts", .list(.anyObject), "Its artifact records."),
    ]

    private static let requester = [
        SchemaMember("user", .text, "The login name."),
        SchemaMember("uid", .integer, "The user id."),
        SchemaMember("host", .text, "The machine."),
        SchemaMember("tool", .text, "The tool it was asked with."),
        SchemaMember("address", .text, "The network address it was asked from, if it came over a network."),
    ]

    private static let machine = [
        SchemaMember("system", .text, "The kernel's name."),
        SchemaMember("kernel", .text, "The kernel's release."),
        SchemaMember("arch", .text, "The architecture as the kernel names it."),
        SchemaMember("processors", .integer, "How many processors the runner could use."),
        SchemaMember("memory_bytes", .integer, "Main memory, in bytes."),
        SchemaMember("bf", .text, "The version of bf."),
        SchemaMember("bubblewrap", .text, "The version of bubblewrap; absent without a sandbox."),
    ]

    private static let inputs = [
        SchemaMember("name", .text, "The job's name."),
        SchemaMember("arch", .text, "Its architecture."),
        SchemaMember("cell", .text, "Its place in the matrix, as axis=value."),
        SchemaMember("plan", .digest, "The digest of the plan."),
        SchemaMember("recipe", .text, "The recipe."),
        SchemaMember("revision", .integer, "The recipe's revision."),
        SchemaMember("environment", .text, "What the root file system is."),
        SchemaMember("sources", .list(.text), "What each source comes to: a commit, or the digest of a file or tree."),
        SchemaMember("closures", .list(.list(.text)), "Name and digest of what each direct need stands for."),
        SchemaMember("needs", .list(.list(.text)), "Name and tree of each need, direct and indirect."),
    ]

    private static let output = [
        SchemaMember("digest", .digest, "Its digest."),
        SchemaMember("bytes", .integer, "The sizes of its files together."),
        SchemaMember("files", .integer, "How many files it has."),
    ]

    private static let facts = SchemaValue.object([
        SchemaMember("prepare", .anyObject, "What was fetched: commits and files."),
        SchemaMember("variables", .map(.text), "The environment variables that the document sets for all phases."),
        SchemaMember("phase_variables", .map(.map(.text)), "The environment variables of single phases, by the phase."),
        SchemaMember("secrets", .list(.text), "The names of the secrets that it could see."),
        SchemaMember("phases", .list(.object(phase)), "Its phases in the order they ran."),
        SchemaMember("log_clipped", .flag, "True if something of its log was lost on another machine."),
        SchemaMember("usage", .object(usage), "What it used."),
    ])

    private static let usage = [
        SchemaMember("peak_memory_bytes", .integer, "The most memory in use, in bytes."),
        SchemaMember("read_bytes", .integer, "Read from disks, where control groups count it."),
        SchemaMember("written_bytes", .integer, "Written to disks, where control groups count it."),
    ]

    private static let phase = [
        SchemaMember("name", .text, "The phase's name.", isRequired: true),
        SchemaMember("skipped", .text, "Why it was not run; absent if it was."),
        SchemaMember("start_ms", .integer, "When it began, in milliseconds after the start of the attempt."),
        SchemaMember("exit_code", .integer, "Its exit status."),
        SchemaMember("signal", .integer, "The number of the signal that ended it."),
        SchemaMember("class", classes, "Why it failed."),
        SchemaMember("log_clipped", .flag, "True if something of what it printed was lost on another machine."),
        SchemaMember("duration_ms", .integer, "How long it took, in milliseconds."),
        SchemaMember("user_ms", .integer, "CPU time of its processes in user mode, in milliseconds."),
        SchemaMember("system_ms", .integer, "CPU time of its processes in the kernel, in milliseconds."),
    ]

    static let runner = RecordSchema(
        kind: "runner", summary: "A bf-run that is at work.",
        members: [
            SchemaMember("id", .id("r"), "Its id.", isRequired: true),
            SchemaMember("pid", .integer, "Its process id.", isRequired: true),
            SchemaMember("host", .text, "Its machine.", isRequired: true),
            SchemaMember("slots", .integer, "How many jobs it runs at once.", isRequired: true),
            SchemaMember("running", .integer, "How many it runs now.", isRequired: true),
            SchemaMember("state", .word(["active", "draining"]), "Whether it takes jobs.", isRequired: true),
            paused,
            SchemaMember("started", .time, "When it started.", isRequired: true),
        ])
}
