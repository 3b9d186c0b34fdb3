internal import ArgumentParser
internal import FarmModel

/// The options that change a retention policy; each has the name of a key below `gc` in the configuration, or nearly so.
struct RetentionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Builds go this long after their end, however they ended; none is counted.", valueName: "duration"))
    var olderThan: String?

    @Option(help: ArgumentHelp("How long builds are kept after their end. By default 30d, cancelled=7d.", valueName: "ages"))
    var builds: String?

    @Option(
        help: ArgumentHelp(
            "Of each package keep the builds of this many newest good, and newest failed, results. By default 1.", valueName: "number"))
    var keep: Int?

    @Option(help: ArgumentHelp("How long logs are kept, if less than their builds. By default no less.", valueName: "ages"))
    var logs: String?

    @Option(help: ArgumentHelp("How long artifacts are kept, if less than their builds. By default no less.", valueName: "ages"))
    var artifacts: String?

    @Option(help: ArgumentHelp("Keep the artifacts of this many newest good results of each package. By default 1.", valueName: "number"))
    var keepArtifacts: Int?

    @Option(help: ArgumentHelp("How long work folders are kept that dead runners left. By default 0s.", valueName: "age"))
    var work: String?

    @Option(help: ArgumentHelp("How long caches are kept after their last use. By default 30d.", valueName: "age"))
    var caches: String?

    @Option(help: ArgumentHelp("The most that caches may take. By default without limit.", valueName: "size"))
    var maxCacheSize: String?

    @Option(help: ArgumentHelp("The most that builds may take, the oldest go first. By default without limit.", valueName: "size"))
    var maxSize: String?

    /// Whether any of them was given.
    var isGiven: Bool {
        let texts = [olderThan, builds, logs, artifacts, work, caches, maxCacheSize, maxSize]
        return texts.contains { $0 != nil } || keep != nil || keepArtifacts != nil
    }

    /// Checks what the parser cannot.
    func validate() throws {
        if olderThan != nil, builds != nil { throw ValidationError("Give --older-than or --builds, not both.") }
        for (name, number) in [("--keep", keep), ("--keep-artifacts", keepArtifacts)] {
            if let number, !(0...1_000_000).contains(number) { throw ValidationError("\(name) takes a number from 0 to 1000000.") }
        }
    }

    /// What a policy becomes by the options given.
    func policy(over base: RetentionPolicy) throws(FarmError) -> RetentionPolicy {
        var policy = base
        if let olderThan {
            policy.builds = RetentionPolicy.Ages(all: try RetentionText.age(olderThan, of: "--older-than"))
            policy.buildsKept = 0
        }
        if let builds { policy.builds = try RetentionText.ages(builds, of: "--builds", over: policy.builds) }
        if let logs { policy.logs = try RetentionText.ages(logs, of: "--logs", over: policy.logs) }
        if let artifacts { policy.artifacts = try RetentionText.ages(artifacts, of: "--artifacts", over: policy.artifacts) }
        if let keep { policy.buildsKept = keep }
        if let keepArtifacts { policy.artifactsKept = keepArtifacts }
        if let work { policy.work = try RetentionText.age(work, of: "--work") }
        if let caches { policy.cachesAge = try RetentionText.age(caches, of: "--caches") }
        if let maxCacheSize { policy.cachesSize = try RetentionText.size(maxCacheSize, of: "--max-cache-size") }
        if let maxSize { policy.size = try RetentionText.size(maxSize, of: "--max-size") }
        return policy
    }
}
