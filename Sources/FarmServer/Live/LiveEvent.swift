import FarmAPI
import FarmModel

/// Something that happens, as it goes to those who watch: a stored event, or something made on the fly that nobody stores.
struct LiveEvent: Sendable, Equatable {
    /// As a record; what is not stored has the cursor of the stored event before it.
    var record: EventRecord
    /// False for what was made on the fly: it cannot be asked for again.
    var isStored: Bool
    /// The job's name, where it is about one.
    var package: String?
    /// The runner, where it is about one.
    var runner: RunnerID?
    /// What go-dsynth's clients are told of it; nil for nothing.
    var dsynth: DsynthEventFacts?
}
