/// Everything below `/api/v1/native`: the farm's own words, as bf-records(5) has them.
struct NativeRoutes {
    let services: Services

    var routes: [Route] {
        [
            BuildRoutes(services: services).routes, JobRoutes(services: services).routes, RequestRoutes(services: services).routes,
            FarmRoutes(services: services).routes, GraphRoutes(services: services).routes, EventRoutes(services: services).routes,
            PhaseRoutes(services: services).routes, BackendRoutes(services: services).routes,
            TokenRoutes(services: services).routes, CollectRoutes(services: services).routes,
            LogRoutes(services: services).routes, ArtifactRoutes(services: services).routes,
            UploadRoutes(services: services).routes,
            QueryRoutes(services: services).routes, ChangeRoutes(services: services).routes, LogPieceRoutes(services: services).routes,
        ].flatMap(\.self)
    }
}
