/// What becomes of a file or folder.
public enum Verdict: Sendable, Equatable {
    /// It is left out, with everything beneath it.
    case omitted
    /// A folder that is only entered because something beneath it may be taken.
    case passage
    /// It is taken.
    case taken
}
