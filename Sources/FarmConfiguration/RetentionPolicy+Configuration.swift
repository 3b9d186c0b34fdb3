public import FarmModel

extension RetentionPolicy {
    /// The policy of the configuration; what it does not state is as by default.
    public init(_ configuration: Configuration) {
        self.init()
        configuration.take(.gcBuildsSuccess, into: &builds.success)
        configuration.take(.gcBuildsFailed, into: &builds.failed)
        configuration.take(.gcBuildsCancelled, into: &builds.cancelled)
        configuration.take(.gcBuildsKeep, into: &buildsKept)
        configuration.take(.gcLogsSuccess, into: &logs.success)
        configuration.take(.gcLogsFailed, into: &logs.failed)
        configuration.take(.gcLogsCancelled, into: &logs.cancelled)
        configuration.take(.gcArtifactsSuccess, into: &artifacts.success)
        configuration.take(.gcArtifactsFailed, into: &artifacts.failed)
        configuration.take(.gcArtifactsCancelled, into: &artifacts.cancelled)
        configuration.take(.gcArtifactsKeep, into: &artifactsKept)
        configuration.take(.gcWork, into: &work)
        configuration.take(.gcCachesAge, into: &cachesAge)
        configuration.take(.gcCachesSize, into: &cachesSize)
        configuration.take(.gcSize, into: &size)
    }
}
