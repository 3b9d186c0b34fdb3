internal import FarmModel

/// Names that become paths.
enum PlaceName {
    /// Refuses what would leave its folder.
    static func check(_ name: String, _ kind: String) throws(ExecutionFailure) {
        guard name.hasOnlyPathNames, !name.utf8.contains(0) else {
            throw ExecutionFailure(.badInput, "the name of \(kind) \"\(name)\" cannot be a path")
        }
    }
}
