/// A regular expression as instructions for a machine that goes all ways at once.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        /// Takes one scalar of a set and goes on with the next instruction.
        case take(ScalarSet)
        /// Goes both ways; the first is preferred.
        case split(Int, Int)
        case jump(Int)
        /// Keeps the place in a slot: two for each group, its start and its end.
        case keep(Int)
        case require(PatternNode.Assertion)
        case accept
    }

    /// How many instructions a pattern may have.
    static let size = 2000

    private(set) var instructions: [Instruction] = []
    /// How many places are kept.
    let slots: Int
    /// The instructions, large sets counted as several.
    private var weight = 0

    /// Compiles a syntax tree that has some groups, the whole match among them.
    init(_ node: PatternNode, groups: Int) throws(PatternFault) {
        slots = 2 * groups
        try append(.group(0, node))
        try append(.accept)
    }

    private mutating func append(_ instruction: Instruction) throws(PatternFault) {
        if case .take(let set) = instruction { weight += set.size / 8 }
        weight += 1
        guard weight <= Self.size else {
            throw PatternFault(message: "too large: repetitions count as often as they may be")
        }
        instructions.append(instruction)
    }

    private mutating func append(_ node: PatternNode) throws(PatternFault) {
        switch node {
        case .empty: break
        case .set(let set): try append(.take(set))
        case .assertion(let assertion): try append(.require(assertion))
        case .group(let number, let node):
            try append(.keep(2 * number))
            try append(node)
            try append(.keep(2 * number + 1))
        case .sequence(let nodes): for node in nodes { try append(node) }
        case .alternation(let nodes): try appendAlternation(nodes[...])
        case .repetition(let node, let repetition): try append(node, repetition)
        }
    }

    private mutating func appendAlternation(_ nodes: ArraySlice<PatternNode>) throws(PatternFault) {
        var exits: [Int] = []
        for node in nodes.dropLast() {
            let split = instructions.count
            try append(.split(split + 1, split + 1))
            try append(node)
            exits.append(instructions.count)
            try append(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        if let last = nodes.last { try append(last) }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    private mutating func append(_ node: PatternNode, _ repetition: PatternNode.Repetition) throws(PatternFault) {
        guard let most = repetition.most else { return try appendEndless(node, repetition) }
        try append(node, times: repetition.least)
        var splits: [Int] = []
        for _ in repetition.least..<most {
            splits.append(instructions.count)
            try append(.split(0, 0))
            try append(node)
        }
        for split in splits { setSplit(split, into: split + 1, past: instructions.count, isLazy: repetition.isLazy) }
    }

    private mutating func appendEndless(_ node: PatternNode, _ repetition: PatternNode.Repetition) throws(PatternFault) {
        // A part that fits the empty text and repeats at will is taken once at least, or left out: (x*)* is ((x*)+)?.
        let skip = repetition.least == 0 ? instructions.count : nil
        if skip != nil { try append(.split(0, 0)) }
        try append(node, times: repetition.least - 1)
        let start = instructions.count
        try append(node)
        let split = instructions.count
        try append(.split(0, 0))
        setSplit(split, into: start, past: instructions.count, isLazy: repetition.isLazy)
        if let skip { setSplit(skip, into: skip + 1, past: instructions.count, isLazy: repetition.isLazy) }
    }

    /// Appends a part several times; what has no instructions is not looked at more than once.
    private mutating func append(_ node: PatternNode, times: Int) throws(PatternFault) {
        for _ in stride(from: 0, to: times, by: 1) {
            let before = instructions.count
            try append(node)
            if instructions.count == before { return }
        }
    }

    private mutating func setSplit(_ index: Int, into inside: Int, past outside: Int, isLazy: Bool) {
        instructions[index] = isLazy ? .split(outside, inside) : .split(inside, outside)
    }
}
