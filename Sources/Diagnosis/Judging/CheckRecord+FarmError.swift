import FarmModel

extension CheckRecord {
    /// A problem by its message, whose last part says what to do.
    init(_ name: String, _ error: FarmError) {
        let parts = error.message.split(separator: "; ").map(String.init)
        guard parts.count > 1, let remedy = parts.last else {
            self.init(name, .problem, error.message)
            return
        }
        self.init(name, .problem, parts.dropLast().joined(separator: "; "), remedy: remedy)
    }
}
