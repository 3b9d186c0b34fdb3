/// Why a job does not run: the closed set that the dispatcher itself knows. Earlier cases stand further from a start; where several hold, the
/// first in this order is the primary one.
public enum WaitCode: String, Sendable, CaseIterable, Comparable {
    /// Somebody asked for its end; its processes still live.
    case cancelling
    /// Its runner is gone, and what it left is not yet proven dead.
    case recovering
    /// Jobs that it needs have not ended.
    case dependency
    /// An identical job is running, whose result it will take.
    case shared
    /// Its build, or everything, was paused; or each runner that could take it.
    case paused
    /// It may not start before a time that the submitter gave.
    case notBefore = "not_before"
    /// It failed for a reason that is not its own, and is tried again a little later.
    case backoff
    /// No runner is at work.
    case noRunner = "no_runner"
    /// The runners at work take other builds and jobs only.
    case notSelected = "not_selected"
    /// No runner at work has the architecture, labels or executor that it asks for.
    case unsatisfiable
    /// What could run it does not answer.
    case backendOffline = "backend_offline"
    /// What could run it takes no more jobs.
    case backendDrained = "backend_drained"
    /// What could run it failed so often that it rests for a while.
    case breakerOpen = "breaker_open"
    /// What could run it has all it can do.
    case backendFull = "backend_full"
    /// What could run it takes nothing more while memory or disk is short.
    case pressure
    /// Nothing stands against it: it is being started.
    case starting

    /// Orders by the distance from a start.
    public static func < (left: WaitCode, right: WaitCode) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
