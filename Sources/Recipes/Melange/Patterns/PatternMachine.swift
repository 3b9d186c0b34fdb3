/// Runs a pattern over a text, all ways at once, as Ken Thompson and Rob Pike do (https://swtch.com/~rsc/regexp/regexp2.html): the time is
/// at most the length of the text times the size of the pattern, whatever either holds.
struct PatternMachine {
    /// One way: where it stands in the program, and the places it has kept.
    private struct Thread {
        var instruction: Int
        var places: [Int]
    }

    private let program: PatternProgram
    private let text: [UInt32]
    /// For each instruction the last position at which it was reached, plus 1.
    private var reached: [Int]
    /// How many instructions may still be looked at.
    private(set) var budget: Int

    init(_ program: PatternProgram, text: [UInt32], budget: Int) {
        self.program = program
        self.text = text
        self.budget = budget
        reached = Array(repeating: 0, count: program.instructions.count)
    }

    /// The places of the leftmost match from a position on: two for each group, -1 where it takes no part; nil if there is none.
    mutating func match(from start: Int) throws(PatternFault) -> [Int]? {
        try spend(reached.count / 8)
        for index in reached.indices { reached[index] = 0 }
        let unset = Array(repeating: -1, count: program.slots)
        var threads: [Thread] = []
        var found: [Int]?
        var position = start
        while position <= text.count {
            if found == nil { try follow(Thread(instruction: 0, places: unset), at: position, into: &threads) }
            if threads.isEmpty, found != nil { break }
            try spend(threads.count + 1)
            threads = try advance(threads, at: position, found: &found)
            position += 1
        }
        return found
    }

    private mutating func spend(_ steps: Int) throws(PatternFault) {
        budget -= steps
        guard budget >= 0 else { throw PatternFault(message: "matching takes too long; make the pattern or the text shorter") }
    }

    /// Takes the scalar at a position in all ways, in the order of preference; a way that accepts ends those after it.
    private mutating func advance(_ threads: [Thread], at position: Int, found: inout [Int]?) throws(PatternFault) -> [Thread] {
        var next: [Thread] = []
        for thread in threads {
            switch program.instructions[thread.instruction] {
            case .accept:
                found = thread.places
                return next
            case .take(let set):
                guard position < text.count, set.contains(text[position]) else { continue }
                try follow(Thread(instruction: thread.instruction + 1, places: thread.places), at: position + 1, into: &next)
            default: continue
            }
        }
        return next
    }

    /// Adds the ways that a way leads to without taking a scalar, each instruction once a position.
    private mutating func follow(_ thread: Thread, at position: Int, into threads: inout [Thread]) throws(PatternFault) {
        var pending = [thread]
        while var thread = pending.popLast() {
            guard reached[thread.instruction] != position + 1 else { continue }
            reached[thread.instruction] = position + 1
            try spend(1 + program.slots / 8)
            switch program.instructions[thread.instruction] {
            case .take, .accept: threads.append(thread)
            case .jump(let target):
                thread.instruction = target
                pending.append(thread)
            case .split(let first, let second):
                pending.append(Thread(instruction: second, places: thread.places))
                thread.instruction = first
                pending.append(thread)
            case .keep(let slot):
                thread.places[slot] = position
                thread.instruction += 1
                pending.append(thread)
            case .require(let assertion):
                thread.instruction += 1
                if holds(assertion, at: position) { pending.append(thread) }
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .lineStart: position == 0 || text[position - 1] == 10
        case .lineEnd: position == text.count || text[position] == 10
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool { text.indices.contains(position) && ScalarSet.word.contains(text[position]) }
}
