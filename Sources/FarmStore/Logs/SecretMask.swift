/// Replaces secrets in a stream of bytes by `***`, also where they come in pieces.
///
/// Bytes that may be the start of a secret are held back until it is clear what they are.
struct SecretMask {
    private static let replacement = Array("***".utf8)

    private let automaton: SecretAutomaton
    private var state: Int32 = 0
    private var held: [UInt8] = []
    /// How many of `held`, from its start, belong to a secret; a secret that was found always covers a front part of what is held.
    private var isMasked: [Bool] = []
    private var lastWasMasked = false

    /// A mask for these secrets; nil when there are none.
    init?(_ secrets: [[UInt8]]) {
        let forms = secrets.flatMap(SecretForms.of)
        if forms.isEmpty { return nil }
        automaton = SecretAutomaton(forms)
    }

    /// Takes in bytes and returns those that are decided.
    mutating func pass(_ input: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        for byte in input { take(byte, &output) }
        return output
    }

    /// What is still held back, once nothing follows.
    mutating func finish() -> [UInt8] {
        var output: [UInt8] = []
        release(held.count, &output)
        state = 0
        return output
    }

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
        state = automaton.next(state, byte)
        if state == 0 && held.isEmpty {
            lastWasMasked = false
            output.append(byte)
            return
        }
        held.append(byte)
        isMasked.append(false)
        for index in (held.count - automaton.match(state))..<held.count { isMasked[index] = true }
        let undecided = automaton.depth(state)
        if held.count > undecided { release(held.count - undecided, &output) }
    }

    private mutating func release(_ count: Int, _ output: inout [UInt8]) {
        for index in 0..<count {
            if !isMasked[index] { output.append(held[index]) } else if !lastWasMasked { output += Self.replacement }
            lastWasMasked = isMasked[index]
        }
        held.removeFirst(count)
        isMasked.removeFirst(count)
    }
}
