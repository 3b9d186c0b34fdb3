/// What a caller may do, each role all that the ones before it may.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// See everything but secrets and tokens.
    case read
    /// Submit builds, and cancel and retry one's own.
    case submit
    /// Cancel and retry anybody's, pause and resume, manage backends.
    case operate
    /// Manage tokens and configuration, delete.
    case admin

    /// The order of the cases.
    public static func < (left: Role, right: Role) -> Bool { left.place < right.place }

    private var place: Int {
        switch self {
        case .read: 0
        case .submit: 1
        case .operate: 2
        case .admin: 3
        }
    }
}
