/// What is decided so far, in order, and at which level of choices.
struct Trail: Sendable {
    private(set) var literals: [Literal] = []
    /// By package: 1 chosen, -1 refused, 0 open.
    private var values: [Int8]
    private var levels: [Int32]
    private var reasons: [Reason]
    /// The level down to which a decision holds, by package: below the one at which it was made, if what follows from a lesson was not
    /// drawn as far back as possible.
    private var homes: [Int32]
    private var starts: [Int] = []
    private var head = 0

    init(count: Int) {
        values = Array(repeating: 0, count: count)
        levels = Array(repeating: 0, count: count)
        reasons = Array(repeating: .decision, count: count)
        homes = Array(repeating: 0, count: count)
    }

    /// How many choices are made.
    var level: Int { starts.count }

    /// True if it is decided so, false if it is decided otherwise, nil if it is open.
    func value(of literal: Literal) -> Bool? {
        let value = values[Int(literal.package)]
        return value == 0 ? nil : (value > 0) == literal.isChosen
    }

    func isChosen(_ package: PackagePool.Member) -> Bool { values[Int(package)] > 0 }

    func isOpen(_ package: PackagePool.Member) -> Bool { values[Int(package)] == 0 }

    func level(of package: PackagePool.Member) -> Int { Int(levels[Int(package)]) }

    func reason(of package: PackagePool.Member) -> Reason { reasons[Int(package)] }

    /// Decides about an open package.
    ///
    /// - Parameter home: The level down to which this holds, if it is lower than the present one.
    mutating func decide(_ literal: Literal, because reason: Reason, downTo home: Int? = nil) {
        let package = Int(literal.package)
        homes[package] = Int32(home ?? level)
        values[package] = literal.isChosen ? 1 : -1
        levels[package] = Int32(level)
        reasons[package] = reason
        literals.append(literal)
    }

    /// The next decision whose consequences are not drawn yet.
    mutating func next() -> Literal? {
        guard head < literals.count else { return nil }
        head += 1
        return literals[head - 1]
    }

    /// Begins the level of a further choice.
    mutating func openLevel() { starts.append(literals.count) }

    /// Takes back all that was decided above a level and does not hold there.
    mutating func back(to level: Int) {
        guard level < starts.count else { return }
        let start = starts[level]
        let holding = literals[start...].filter { homes[Int($0.package)] <= level }
        for literal in literals[start...] { values[Int(literal.package)] = 0 }
        literals.removeSubrange(start...)
        starts.removeSubrange(level...)
        head = start
        for literal in holding {
            decide(literal, because: reason(of: literal.package), downTo: Int(homes[Int(literal.package)]))
        }
    }
}
