import FarmModel

/// What the farm knows of the daemons that run jobs for it: what they answered last, and how jobs fared there. Nobody is asked.
struct PoolFacts: Sendable {
    /// In the order of their addresses.
    var backends: [BackendStatus]
    /// The moment for which it is judged.
    var now: Moment

    /// A backend that is drained for a new disk is back after so long.
    private static let longDrain: Int64 = 24 * 3_600_000

    /// One check where nothing is wrong, else one for each backend of which something is to be said.
    var checks: [CheckRecord] {
        let name = "backends"
        if backends.isEmpty { return [CheckRecord(name, .absent, "none; jobs run on this machine")] }
        let findings = backends.flatMap(findings)
        guard findings.isEmpty else { return findings }
        return [CheckRecord(name, .ok, backends.count == 1 ? "1 backend" : "\(backends.count) backends")]
    }

    /// What is wrong with one keeps jobs waiting only if no other takes them.
    private var verdict: CheckRecord.Verdict { backends.contains(where: takesJobs) ? .warning : .problem }

    private func takesJobs(_ status: BackendStatus) -> Bool {
        status.drain == nil && !status.health.isOffline && !status.breaker.isOpen(now)
    }

    private func findings(_ status: BackendStatus) -> [CheckRecord] {
        let address = status.backend.address
        let name = "backend \(address)"
        if let drain = status.drain {
            return drained(drain, address).map { [CheckRecord(name, verdict, $0.found, remedy: $0.remedy)] } ?? []
        }
        if let since = status.health.offlineSinceMilliseconds {
            return [
                CheckRecord(
                    name, verdict, "offline for \(age(since)): \(status.health.error ?? "it does not answer")",
                    remedy: "start it and run bf-run backend probe \(address), or run bf-run backend remove \(address)")
            ]
        }
        if status.breaker.isOpen(now) {
            let reason = status.breaker.lastError.map { ", the last: \($0)" } ?? ""
            return [
                CheckRecord(
                    name, verdict, "it rests after \(status.breaker.failures) failures in a row\(reason)",
                    remedy: "run bf-run backend probe \(address), and when it is mended bf-run backend resume \(address)")
            ]
        }
        guard !status.health.advice.isEmpty else { return [] }
        return [
            CheckRecord(
                name, .warning, status.health.version ?? "it answers", remedy: status.health.advice.joined(separator: "; "))
        ]
    }

    private func drained(_ drain: JSONObject, _ address: String) -> (found: String, remedy: String)? {
        guard let since = drain["since"]?.string.flatMap(Timestamp.parse), now.wallMilliseconds - since >= Self.longDrain else {
            return nil
        }
        let reason = drain["reason"]?.string.map { ": \($0)" } ?? ""
        let who = drain["by"]?.string.map { " by \($0)" } ?? ""
        return (
            "drained\(who) for \(age(since))\(reason)", "run bf-run backend resume \(address), or bf-run backend remove \(address)"
        )
    }

    private func age(_ since: Int64) -> String { DurationText.text(milliseconds: max(0, now.wallMilliseconds - since) / 1_000 * 1_000) }
}
