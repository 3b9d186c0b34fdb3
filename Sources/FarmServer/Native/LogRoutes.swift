import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes

/// Logs of jobs and of single attempts.
struct LogRoutes {
    let services: Services

    var routes: [Route] {
        let answers = LogAnswers(store: services.store, hub: services.hub)
        return [
            Route(.get, "/jobs/{job}/log", .getJobLog) { call in
                let (text, number) = (call.path("job"), try call.integer("attempt", 1...1_000_000))
                return try await answers.reply(call) { store throws(FarmError) in
                    try FoundLog(store.job(named: text), attempt: number, in: store)
                }
            },
            Route(.get, "/attempts/{attempt}/log", .getAttemptLog) { call in
                let text = call.path("attempt")
                return try await answers.reply(call) { store throws(FarmError) in try FoundLog(store.attempt(named: text), in: store) }
            },
        ]
    }
}
