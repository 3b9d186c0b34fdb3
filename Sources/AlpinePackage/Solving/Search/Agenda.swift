/// The requirements of what is chosen, in the order in which they came up, and how far they were looked through.
struct Agenda: Sendable {
    private struct Position {
        var count = 0
        var definite = 0
        var any = 0
        var companion = 0
    }

    private var requirements: [Int] = []
    private var position = Position()
    private var saved: [Position] = []

    mutating func add(_ range: Range<Int>) { requirements += range }

    /// Remembers how things are before a further choice.
    mutating func openLevel() {
        position.count = requirements.count
        saved.append(position)
    }

    /// Goes back to how things were at a level.
    mutating func back(to level: Int) {
        guard level < saved.count else { return }
        position = saved[level]
        requirements.removeSubrange(position.count...)
        saved.removeSubrange(level...)
    }

    /// The first requirement that is about one package only and not met.
    mutating func nextDefinite(where isOpen: (Int) -> Bool) -> Int? { next(\.definite, where: isOpen) }

    /// The first requirement that is not met.
    mutating func next(where isOpen: (Int) -> Bool) -> Int? { next(\.any, where: isOpen) }

    /// How many decisions were looked at for packages that come with them.
    var companionPosition: Int {
        get { position.companion }
        set { position.companion = newValue }
    }

    private mutating func next(_ place: WritableKeyPath<Position, Int>, where isOpen: (Int) -> Bool) -> Int? {
        while position[keyPath: place] < requirements.count {
            let requirement = requirements[position[keyPath: place]]
            if isOpen(requirement) { return requirement }
            position[keyPath: place] += 1
        }
        return nil
    }
}
