import Execution
import Synchronization

/// The control groups of a runner's own machine. A slot takes one for an attempt that runs there: slots whose attempts run elsewhere need none.
final class ControlGroupShelf: Sendable {
    private let free: Mutex<[ControlGroupSlot?]>
    /// Whether the machine lends control groups.
    let isStocked: Bool

    init(_ groups: [ControlGroupSlot?]) {
        free = Mutex(groups)
        isStocked = groups.contains { $0 != nil }
    }

    /// The groups of a shelf that has one user.
    var only: ControlGroupSlot? { free.withLock { $0.last ?? nil } }

    /// Runs `body` with control groups that nobody else has meanwhile; nil where there are none.
    func lend<Result>(_ body: (ControlGroupSlot?) -> Result) -> Result {
        let groups = free.withLock { $0.popLast() ?? nil }
        defer { if groups != nil { free.withLock { $0.append(groups) } } }
        return body(groups)
    }
}
