import FarmModel
import FarmStore
import Hummingbird

/// `/healthz`: alive, and able to read the state directory.
struct HealthRoutes {
    let store: Store

    func add(to router: Router<FarmRequestContext>) {
        let store = store
        router.get("healthz") { _, _ in
            await offload { () throws(FarmError) in
                _ = try store.farmPause()
                return answer(.ok, .object(["status": "ok"]))
            }
        }
    }
}
