/// What bf-gc keeps.
extension Setting {
    /// Age of builds that succeeded.
    public static let gcBuildsSuccess = age("gc.builds.success", "30d", "Builds that succeeded are kept this long.")
    /// Age of builds that failed.
    public static let gcBuildsFailed = age("gc.builds.failed", "30d", "Builds that failed, wholly or in part, are kept this long.")
    /// Age of builds that were cancelled.
    public static let gcBuildsCancelled = age("gc.builds.cancelled", "7d", "Builds that were cancelled are kept this long.")
    /// Builds of each package.
    public static let gcBuildsKeep = kept("gc.builds.keep", "Builds kept of each package, however old: newest good and newest failed ones.")
    /// Age of logs of builds that succeeded.
    public static let gcLogsSuccess = age("gc.logs.success", "never", "Logs of builds that succeeded go after this time.")
    /// Age of logs of builds that failed.
    public static let gcLogsFailed = age("gc.logs.failed", "never", "Logs of builds that failed go after this time.")
    /// Age of logs of builds that were cancelled.
    public static let gcLogsCancelled = age("gc.logs.cancelled", "never", "Logs of builds that were cancelled go after this time.")
    /// Age of artifacts of builds that succeeded.
    public static let gcArtifactsSuccess = age("gc.artifacts.success", "never", "Artifacts of builds that succeeded go after this time.")
    /// Age of artifacts of builds that failed.
    public static let gcArtifactsFailed = age("gc.artifacts.failed", "never", "Artifacts of builds that failed go after this time.")
    /// Age of artifacts of builds that were cancelled.
    public static let gcArtifactsCancelled = age(
        "gc.artifacts.cancelled", "never", "Artifacts of builds that were cancelled go after this time.")
    /// Good trees of each package.
    public static let gcArtifactsKeep = kept("gc.artifacts.keep", "Newest good artifacts kept of each package.")
    /// Age of what dead runners left.
    public static let gcWork = age("gc.work", "0s", "Work folders that dead runners left go after this time.")
    /// Age of caches.
    public static let gcCachesAge = age("gc.caches.age", "30d", "Caches that nothing used for this long go.")
    /// Size of all caches.
    public static let gcCachesSize = Setting("gc.caches.size", .size(least: 1), "none", "The most that caches may take.")
    /// Size of all blobs and logs.
    public static let gcSize = Setting("gc.size", .size(least: 1), "none", "The most that artifacts and logs may take.")

    static let collecting = [
        gcBuildsSuccess, gcBuildsFailed, gcBuildsCancelled, gcBuildsKeep, gcLogsSuccess, gcLogsFailed, gcLogsCancelled, gcArtifactsSuccess,
        gcArtifactsFailed, gcArtifactsCancelled, gcArtifactsKeep, gcWork, gcCachesAge, gcCachesSize, gcSize,
    ]

    private static func age(_ key: String, _ usual: String, _ summary: String) -> Setting {
        Setting(key, .duration(.never), usual, summary)
    }

    private static func kept(_ key: String, _ summary: String) -> Setting { Setting(key, .integer(0...1_000_000), "1", summary) }
}
