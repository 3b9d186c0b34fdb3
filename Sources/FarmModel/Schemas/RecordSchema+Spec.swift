extension RecordSchema {
    /// The document itself is described in bf-document(5); here it is in the form in which tools hand it on.
    static let spec = RecordSchema(
        kind: "spec", summary: "A job's document, complete in itself.",
        members: [
            SchemaMember("name", .text, "The job's name.", isRequired: true),
            SchemaMember("recipe", .text, "The kind of document; script if it is absent."),
            SchemaMember("version", .text, "Its version."),
            SchemaMember("needs", .list(.either([.text, .object(need)])), "The jobs whose results it needs."),
            SchemaMember("arch", .either([.text, .list(.text)]), "The architecture."),
            SchemaMember("cell", .map(.text), "Its place in a matrix that was expanded."),
            SchemaMember("matrix", .map(.list(.text)), "The axes of a matrix that is to be expanded."),
            SchemaMember("labels", .list(.text), "Labels that a runner must have."),
            SchemaMember("priority", .integer, "Larger goes first."),
            SchemaMember("environment", .object(environment), "The root file system and variables."),
            SchemaMember("sources", .list(.either([.text, .object(source)])), "What is laid out before the first phase."),
            SchemaMember("phases", .list(.either([.text, .object(phase)])), "What is run."),
            SchemaMember("run", .text, "A single phase."),
            SchemaMember(
                "dockerfile", .either([.text, .object(dockerfile)]),
                "The Dockerfile that is built instead of phases."),
            SchemaMember("exports", .list(.either([.text, .object(export)])), "Where the image of the Dockerfile goes."),
            SchemaMember("outputs", .list(.either([.text, .object(output)])), "Which files are kept."),
            SchemaMember("interface", .list(.text), "Which of the kept files dependents care about."),
            SchemaMember("limits", .object(limits), "What the job may use."),
            SchemaMember("retry", .object(retry), "When it is tried again."),
            SchemaMember("secrets", .list(.either([.text, .object(secret)])), "Secrets that phases see."),
            SchemaMember("caches", .list(.object(cache)), "Folders that outlive the job."),
            SchemaMember("source_date_epoch", .integer, "The time stamped on files, in seconds since 1970."),
            SchemaMember("volatile", .flag, "True if it is never unchanged."),
            SchemaMember("config", .text, "The text of a melange configuration."),
            SchemaMember("pipelines", .map(.text), "Texts of pipelines that it uses, by path."),
            SchemaMember("source_files", .map(.text), "Texts of its source files, by path."),
            SchemaMember("variables", .map(.text), "Environment variables of all its steps."),
            SchemaMember("secret_variables", .list(.text), "Names of variables whose values are secrets."),
            SchemaMember("repositories", .list(.text), "Repositories after its own."),
            SchemaMember("keys", .list(.text), "Keys beside its own."),
            SchemaMember("build_options", .list(.text), "Which of its build options are enabled."),
            SchemaMember("with_scripts", .flag, "True if scripts of packages run in its roots."),
            SchemaMember("with_test", .flag, "True if its packages are tried."),
            SchemaMember("debug", .flag, "True if its log has each command."),
            SchemaMember("base", .text, "The folder that local sources are relative to."),
            SchemaMember("origin", .object(origin), "Where the document was written."),
        ])

    private static let need = [
        SchemaMember("name", .text, "The job needed.", isRequired: true),
        SchemaMember("from", .text, "latest: the newest good result of an earlier build."),
        SchemaMember("arch", .text, "Its architecture, if it is another."),
        SchemaMember("optional", .flag, "True if the job runs without it, too."),
    ]

    private static let environment = [
        SchemaMember("root", .text, "host, or a folder."),
        SchemaMember("image", .text, "An OCI image."),
        SchemaMember("packages", .list(.text), "The apk packages that a root is made of."),
        SchemaMember("variables", .map(.text), "Environment variables of all phases."),
    ]

    private static let source = [
        SchemaMember("local", .text, "A file or folder beside the document."),
        SchemaMember("include", .list(.text), "Only what matches."),
        SchemaMember("exclude", .list(.text), "Not what matches."),
        SchemaMember("ignore_file", .text, "A file with patterns of what is left out."),
        SchemaMember("tree", .digest, "A tree that is stored already; beside local, it is used instead of the files."),
        SchemaMember("url", .text, "A file by its address."),
        SchemaMember("sha256", .text, "The digits of its digest."),
        SchemaMember("unpack", .flag, "True to unpack an archive."),
        SchemaMember("strip", .integer, "How many leading parts of its paths are dropped."),
        SchemaMember("git", .text, "A Git repository."),
        SchemaMember("ref", .text, "A branch or tag."),
        SchemaMember("commit", .text, "A commit."),
        SchemaMember("subfolder", .text, "Only this folder of the repository."),
        SchemaMember("submodules", .flag, "True to fetch submodules, too."),
        SchemaMember("to", .text, "The folder it is laid out in."),
    ]

    private static let phase = [
        SchemaMember("name", .text, "Its name."),
        SchemaMember("run", .text, "A script for /bin/sh -e."),
        SchemaMember("argv", .list(.text), "A program and its arguments."),
        SchemaMember("workdir", .text, "Its working directory."),
        SchemaMember("variables", .map(.text), "Its environment variables."),
        SchemaMember("network", .word(["none", "internet", "host"]), "What of the network it sees."),
        SchemaMember("timeout", .either([.text, .integer]), "The most time it may take."),
        SchemaMember("timeout_ms", .integer, "The same in milliseconds."),
        SchemaMember("when", .word(["success", "failure", "always"]), "After what it is run."),
        SchemaMember("optional", .flag, "True if its failure is none of the job."),
    ]

    private static let dockerfile = [
        SchemaMember("context", .text, "The folder below /build whose files it can copy."),
        SchemaMember("file", .text, "The Dockerfile, below the context."),
        SchemaMember("text", .text, "Its content, instead of a file."),
        SchemaMember("target", .text, "The stage that is made."),
        SchemaMember("arguments", .map(.text), "Values of ARG."),
        SchemaMember("architectures", .list(.text), "What it is made for."),
        SchemaMember("output", .word(DockerfileBody.Output.allCases.map(\.rawValue)), "What becomes of the image."),
        SchemaMember("network", .word(["none", "internet", "host"]), "What its commands see of the network."),
    ]

    private static let export = [
        SchemaMember("image", .text, "Registry, name and tag.", isRequired: true),
        SchemaMember("tags", .list(.text), "Further tags."),
        SchemaMember("push", .flag, "False to leave it with the daemon."),
        SchemaMember("insecure", .flag, "True if the registry has no TLS."),
        SchemaMember("credentials", .text, "The secret with the name and password for the registry."),
    ]

    private static let output = [
        SchemaMember("glob", .text, "A pattern of paths below $BF_OUT.", isRequired: true),
        SchemaMember("required", .flag, "False if nothing need match."),
    ]

    private static let limits = [
        SchemaMember("time", .either([.text, .integer]), "The most time the job may take."),
        SchemaMember("time_ms", .integer, "The same in milliseconds."),
        SchemaMember("silence", .either([.text, .integer]), "The most time without output."),
        SchemaMember("silence_ms", .integer, "The same in milliseconds."),
        SchemaMember("cpus", .number, "Processors."),
        SchemaMember("memory", .either([.text, .integer]), "Memory."),
        SchemaMember("memory_bytes", .integer, "The same in bytes."),
        SchemaMember("processes", .integer, "Processes."),
        SchemaMember("log", .either([.text, .integer]), "The size of the log."),
        SchemaMember("log_bytes", .integer, "The same in bytes."),
        SchemaMember("output", .either([.text, .integer]), "The size of the outputs."),
        SchemaMember("output_bytes", .integer, "The same in bytes."),
    ]

    private static let retry = [
        SchemaMember("attempts", .integer, "The most attempts."),
        SchemaMember("on", .list(.word(FailureClass.allCases.map(\.rawValue))), "The failure classes that are tried again."),
    ]

    private static let secret = [
        SchemaMember("name", .text, "Its name.", isRequired: true),
        SchemaMember("variable", .text, "The environment variable it is put into."),
        SchemaMember("phases", .list(.text), "Only these phases see it."),
    ]

    private static let cache = [
        SchemaMember("id", .text, "Its name.", isRequired: true),
        SchemaMember("path", .text, "Where it is mounted.", isRequired: true),
        SchemaMember("sharing", .word(["shared", "locked", "private"]), "Who may use it at the same time."),
    ]

    private static let origin = [
        SchemaMember("file", .text, "The file."),
        SchemaMember("line", .integer, "The line."),
    ]
}
