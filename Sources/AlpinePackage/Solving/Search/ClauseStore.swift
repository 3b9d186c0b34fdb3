/// Clauses, and which of them have to be looked at when a literal becomes false: those that watch it.
struct ClauseStore: Sendable {
    private(set) var clauses: [Clause] = []
    private var watches: [[Int32]]

    init(packageCount: Int) { watches = Array(repeating: [], count: 2 * packageCount) }

    subscript(index: Int32) -> Clause { clauses[Int(index)] }

    /// Adds a clause that watches its first two literals.
    mutating func add(_ clause: Clause) -> Int32 {
        let index = Int32(clauses.count)
        clauses.append(clause)
        for literal in clause.literals.prefix(clause.literals.count > 1 ? 2 : 0) { watches[Int(literal.code)].append(index) }
        return index
    }

    /// Draws the consequences of a literal that has become false: each clause that watches it watches another that is not, or decides.
    ///
    /// - Returns: The clause that cannot be true any more, if there is one.
    mutating func visit(_ falsified: Literal, _ trail: inout Trail, _ steps: inout StepCount) throws(SolverFailure) -> Int32? {
        let code = Int(falsified.code)
        let watching = watches[code]
        watches[code] = []
        for (place, index) in watching.enumerated() {
            if try moveWatch(of: index, from: falsified, trail, &steps) { continue }
            watches[code].append(index)
            let other = clauses[Int(index)].literals[0]
            switch trail.value(of: other) {
            case true?: continue
            case nil: trail.decide(other, because: .clause(index))
            case false?:
                watches[code] += watching[(place + 1)...]
                return index
            }
        }
        return nil
    }

    /// Lets a clause watch another literal that is not false; false if there is none, or if the clause holds already.
    private mutating func moveWatch(
        of index: Int32, from falsified: Literal, _ trail: Trail, _ steps: inout StepCount
    ) throws(SolverFailure) -> Bool {
        let place = Int(index)
        if clauses[place].literals[0] == falsified { clauses[place].literals.swapAt(0, 1) }
        try steps.add(1)
        if trail.value(of: clauses[place].literals[0]) == true { return false }
        for position in 2..<max(clauses[place].literals.count, 2) {
            try steps.add(1)
            let literal = clauses[place].literals[position]
            guard trail.value(of: literal) != false else { continue }
            clauses[place].literals.swapAt(1, position)
            watches[Int(literal.code)].append(index)
            return true
        }
        return false
    }
}
