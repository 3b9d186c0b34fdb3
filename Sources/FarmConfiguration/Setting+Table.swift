internal import FarmModel

extension Setting {
    /// Where everything of a farm lies.
    public static let state = Setting("state", .path, "see bf-state(5)", "The state directory.")
    /// When colours are used.
    public static let color = Setting("color", .choice(["auto", "always", "never"]), "auto", "When to use colours.")

    /// Added to each job's priority.
    public static let submitPriority = Setting("submit.priority", .integer(-1000...1000), "0", "Added to the priority of each job.")
    /// What becomes of needs that no job has.
    public static let submitMissingNeeds = Setting(
        "submit.missing_needs", .choice(["error", "ignore"]), "error", "What becomes of needs that no job has.")
    /// The architecture of documents that name none.
    public static let submitArch = Setting(
        "submit.arch", .choice(Architecture.names), "that of this machine", "The architecture of documents that name none.")
    /// Labels of each build.
    public static let submitLabels = Setting("submit.labels", .labels, "none", "Labels of each build; those of the command line are added.")

    /// How long failures are remembered.
    public static let submitRemember = Setting(
        "submit.remember", .duration(.never), "1d", "How long --remember-failures remembers; never means that it does not end.")

    /// Jobs at once.
    public static let runJobs = Setting("run.jobs", .integer(1...4096), "the number of processors", "Jobs that run at once.")
    /// How jobs are kept apart.
    public static let runIsolation = Setting("run.isolation", .choice(["sandbox", "none"]), "sandbox", "How jobs are kept apart.")
    /// Further architectures whose jobs are taken.
    public static let runArch = Setting(
        "run.arch", .choices(Architecture.names), "none", "Architectures whose jobs are taken besides this machine's.")
    /// Labels that runners have.
    public static let runLabels = Setting("run.labels", .labels, "none", "Labels that runners have; those of the command line are added.")
    /// Whether phases may use the machine's network.
    public static let runAllowHostNetwork = Setting(
        "run.allow_host_network", .flag, "false", "Whether phases that ask for it may use the machine's own network.")

    /// Time lost to waiting for memory.
    public static let pressureMemory = Setting(
        "pressure.memory", .count(1...100), "10",
        "Nothing more starts while everything waits for memory this share of the time, in percent.")
    /// Time lost to waiting for disks.
    public static let pressureIO = Setting(
        "pressure.io", .count(1...100), "none", "Nothing more starts while everything waits for disks this share of the time, in percent.")
    /// Time lost to waiting for processors.
    public static let pressureCPU = Setting(
        "pressure.cpu", .count(1...100), "none",
        "Nothing more starts while something waits for a processor this share of the time, in percent.")
    /// Free room on the disk.
    public static let pressureDisk = Setting(
        "pressure.disk", .size(least: 1), "256MiB", "Nothing more starts while less than this is free on the disk of the state directory.")
    /// Files that can still be made.
    public static let pressureInodes = Setting(
        "pressure.inodes", .count(1...1_000_000_000), "1000", "Nothing more starts while fewer files than this can be made there.")

    /// Where bf-serve listens.
    public static let serveListen = Setting("serve.listen", .text, "127.0.0.1:8080", "The loopback address and port of bf-serve.")

    /// All settings, in the order in which they are shown.
    public static let all: [Setting] =
        [
            state, color, submitPriority, submitMissingNeeds, submitArch, submitLabels, submitRemember, runJobs, runIsolation, runArch,
            runLabels,
            runAllowHostNetwork, pressureMemory, pressureIO, pressureCPU, pressureDisk, pressureInodes, serveListen,
        ] + jobs + collecting + packages
}
