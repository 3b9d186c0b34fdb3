import FarmAPI
import FarmModel
import HTTPTypes

/// The melange build services: what stands below `/melange/api/v1`, and what of it no other service has.
struct MelangeRoutes {
    let services: Services

    /// Everything, for a place of its own.
    var routes: [Route] { shared + own }

    /// What go-dsynth's clients, or documents of our own, ask for under the same paths.
    private var shared: [Route] {
        let (jobs, builds) = (MelangeJobs(services: services), MelangeBuilds(services: services))
        return [
            Route(.post, "/jobs", .melangeCreateJob, dialect: .melange) { try await jobs.create($0) },
            Route(.get, "/jobs", .melangeListJobs, dialect: .melange) { try await jobs.list($0) },
            Route(.get, "/jobs/{job}", .melangeGetJob, dialect: .melange) { try await jobs.get($0) },
            Route(.post, "/builds", .melangeCreateBuild, dialect: .melange) { try await builds.create($0) },
            Route(.get, "/builds", .melangeListBuilds, dialect: .melange) { try await builds.list($0) },
            Route(.get, "/builds/{build}", .melangeGetBuild, dialect: .melange) { try await builds.get($0) },
        ]
    }

    /// What only these services have.
    var own: [Route] { MelangeBackends(services: services).routes }
}
