/// In which folders groups for phases are made, chosen for each controller from what this process may really use.
struct ControlGroupLayout: Equatable {
    /// What bf asks of control groups.
    enum Controller: String, CaseIterable {
        case memory, pids, cpu
        /// Only counts, and only in version 2: there it costs no further group.
        case io

        /// Whether bf sets limits with it.
        var limits: Bool { self != .io }
    }

    /// The parent folder in version 2; its groups can be killed as one and count CPU time even without controllers.
    var second: String?
    /// The controllers that groups below `second` have.
    var secondControllers: Set<Controller> = []
    /// The parent folders of controllers in version 1.
    var first: [Controller: String] = [:]
    /// The parent folder of version 1's freezer, where nothing better can kill.
    var freezer: String?

    /// All parent folders, each once.
    var parents: [String] { Array(Set(firstParents + [second].compactMap { $0 })).sorted() }

    /// The parent folders of version 1, each once.
    var firstParents: [String] {
        let all = [freezer] + Controller.allCases.map { first[$0] }
        return Array(Set(all.compactMap { $0 })).sorted()
    }

    /// Whether a controller can be used.
    func has(_ controller: Controller) -> Bool { secondControllers.contains(controller) || first[controller] != nil }
}
