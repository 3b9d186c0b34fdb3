internal import FarmModel

/// The environment variables of every phase whose document says nothing, for the records of attempts.
public enum UsualVariables {
    /// Names and values.
    /// - Parameter workspace: The folders of the attempt, which phases without isolation see as they are.
    public static func of(_ isolation: Isolation, in workspace: Workspace) -> [String: String] {
        switch isolation {
        case .sandbox: PhaseVariables.usual(Plan.defaultSourceDateEpoch, .sandbox)
        case .none: PhaseVariables.usual(Plan.defaultSourceDateEpoch, PhasePlaces(workspace))
        }
    }
}
