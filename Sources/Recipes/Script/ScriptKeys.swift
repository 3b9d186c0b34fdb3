import Documents

/// The keys of the native recipe's documents.
enum ScriptKeys {
    private static let document = [
        "recipe", "name", "version", "needs", "arch", "labels", "priority", "environment", "sources", "phases", "run", "dockerfile",
        "exports", "outputs", "interface", "limits", "retry", "secrets", "caches", "matrix", "source_date_epoch", "volatile",
    ]

    static let written = KeyList(document)
    static let record = KeyList(document, silent: ["kind", "cell", "base", "origin"])
    static let need: KeyList = ["name", "from", "arch", "optional"]
    static let environment: KeyList = ["root", "image", "variables"]
    static let local = KeyList(["local", "include", "exclude", "ignore_file", "to"], silent: ["tree"])
    static let tree: KeyList = ["tree", "to"]
    static let url: KeyList = ["url", "sha256", "unpack", "strip", "to"]
    static let git: KeyList = ["git", "ref", "commit", "subfolder", "submodules", "to"]
    static let phase = KeyList(
        ["name", "run", "argv", "workdir", "variables", "network", "timeout", "when", "optional"], silent: ["timeout_ms"])
    static let dockerfile: KeyList = ["context", "file", "text", "target", "arguments", "architectures", "output", "network"]
    static let export: KeyList = ["image", "tags", "push", "insecure", "credentials"]
    static let output: KeyList = ["glob", "required"]
    static let limits = KeyList(
        ["time", "silence", "cpus", "memory", "processes", "log", "output"],
        silent: ["time_ms", "silence_ms", "memory_bytes", "log_bytes", "output_bytes"])
    static let retry: KeyList = ["attempts", "on"]
    static let secret: KeyList = ["name", "variable", "phases"]
    static let cache: KeyList = ["id", "path", "sharing"]
    static let origin: KeyList = ["file", "line"]
}
