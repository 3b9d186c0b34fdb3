/// Why an attempt was made: what stood against taking the result of an earlier one.
public enum BuildReason: String, Sendable, CaseIterable {
    /// No good result of the package is known.
    case first
    /// Something that goes into it differs from the last good build.
    case changed
    /// Its inputs are those of the last good build, but the artifacts are gone, or were made with less isolation or for somebody else.
    case unusable
    /// The submitter asked to run everything.
    case forced
    /// The document says that it is never unchanged.
    case volatile
    /// An earlier attempt of the job failed.
    case retry
}
