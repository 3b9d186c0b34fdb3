import FarmModel
import FarmStore

/// The values of the secrets that a plan uses.
enum JobSecrets {
    /// A job whose build had ended finds none: they were destroyed at its end.
    static func open(_ plan: Plan, of build: BuildID, in store: Store) throws(AttemptFailure) -> [String: [UInt8]] {
        let names = plan.secretNames
        guard !names.isEmpty else { return [:] }
        let secrets = try AttemptFailure.wrap { () throws(FarmError) in try store.secrets(of: build) }
        if let missing = names.first(where: { secrets[$0] == nil }) {
            throw AttemptFailure(.badInput, "the secret \(missing) is gone, as secrets end with their build; submit again")
        }
        return secrets
    }
}
