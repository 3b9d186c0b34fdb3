import FarmAPI
import FarmModel
import HTTPTypes

/// go-dsynth's interface: what stands below `/dsynth/api/v1`, and what of it no other service has.
struct DsynthRoutes {
    let services: Services

    /// Everything, for a place of its own.
    var routes: [Route] { shared + own }

    /// What clients of other services ask for under the same paths.
    private var shared: [Route] {
        let builds = DsynthBuilds(services: services)
        return [
            Route(.post, "/builds", .dsynthCreateBuild, dialect: .dsynth) { try await builds.create($0) },
            Route(.get, "/builds", .dsynthListBuilds, dialect: .dsynth) { try await builds.list($0) },
            Route(.get, "/builds/{build}", .dsynthGetBuild, dialect: .dsynth) { try await builds.get($0) },
            Route(.delete, "/builds/{build}", .dsynthCancelBuild, dialect: .dsynth) { try await builds.cancel($0) },
            Route(.post, "/builds/{build}/retry", .dsynthRetryBuild, dialect: .dsynth) { try await builds.retry($0) },
            Route(.get, "/stats", .dsynthGetStatistics, dialect: .dsynth) { try await DsynthStats(services: services).all($0) },
        ]
    }

    /// What only go-dsynth has.
    var own: [Route] {
        DsynthQueueRoutes(services: services).routes + DsynthPackages(services: services).routes
            + DsynthWorkerRoutes(services: services).routes + DsynthStats(services: services).routes
            + DsynthLogs(services: services).routes + DsynthArtifacts(services: services).routes
            + DsynthConfig(services: services).routes + DsynthDatabaseRoutes(services: services).routes + events
    }

    private var events: [Route] {
        let answers = EventAnswers(hub: services.hub, format: .dsynth)
        return [Route(.get, "/events", .dsynthStreamEvents, dialect: .dsynth) { try await answers.reply($0) }]
    }
}
