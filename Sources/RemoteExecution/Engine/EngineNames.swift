internal import Execution
internal import FarmModel
internal import HostSystem

/// Names and labels by which the farm finds again on a daemon what is its own.
struct EngineNames: Sendable {
    private static let farmLabel = "bf.farm"
    private static let runnerLabel = "bf.runner"
    private static let attemptLabel = "bf.attempt"
    private static let runLabel = "bf.run"
    private static let cacheLabel = "bf.cache"

    private let farm: String
    private let attempt: String
    /// On everything of a run.
    let labels: [String: String]
    /// The one label by which everything of a run is found: of several, Podman takes what has any.
    var runLabel: [String: String] { [Self.runLabel: "\(farm).\(attempt)"] }

    /// The names of a run; one without a name gets one that nobody else has.
    init(_ run: RunName?) {
        farm = run?.farm ?? "local"
        attempt = run?.attempt.description ?? RandomBytes.hexadecimal(12)
        var labels = [Self.farmLabel: farm, Self.attemptLabel: attempt]
        labels[Self.runLabel] = "\(farm).\(attempt)"
        labels[Self.runnerLabel] = run?.runner.description
        self.labels = labels
    }

    /// What everything of a farm has.
    static func farmLabels(_ farm: String) -> [String: String] { [farmLabel: farm] }

    /// The attempt that something with these labels is of; nil for what is of none, as a cache.
    static func attempt(of labels: [String: String]) -> AttemptID? { labels[attemptLabel].flatMap { AttemptID($0) } }

    /// The volume of a run for one of its places, for instance `build`.
    func volume(_ place: String) -> String { "bf-\(farm)-\(attempt)-\(place)" }

    /// The volume of a cache, which stays.
    func cacheVolume(_ cache: CacheMount) -> String { "bf-\(farm)-\(Digest.of(Array(cache.id.utf8)).hex)" }

    /// On the volume of a cache.
    func cacheLabels(_ cache: CacheMount) -> [String: String] { [Self.farmLabel: farm, Self.cacheLabel: cache.id] }

    /// The image of a root file system.
    /// - Parameter digest: tells whether it is the same as another time; nil if nobody knows, and then the image is for this run only.
    func rootImage(_ digest: String?) -> String {
        "bf-root:" + (digest.map { Digest.of(Array($0.utf8)).hex } ?? attempt)
    }
}
