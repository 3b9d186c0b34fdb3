/// Finds any of many byte strings in a stream: the automaton of Aho and Corasick (1975).
///
/// Node 0 is the root. The children of a node are a linked list, as nearly all nodes have one child.
struct SecretAutomaton {
    private var byte: [UInt8] = [0]
    private var child: [Int32] = [0]
    private var sibling: [Int32] = [0]
    private var fallback: [Int32] = [0]
    /// The length of the string the node stands for.
    private var depth: [Int32] = [0]
    /// The length of the longest searched string that ends at the node, 0 for none.
    private var match: [Int32] = [0]
    private var rootChildren = [Int32](repeating: 0, count: 256)

    /// An automaton that finds these strings.
    init(_ strings: [[UInt8]]) {
        for string in strings where !string.isEmpty { add(string) }
        linkFallbacks()
    }

    /// The state after one more byte.
    func next(_ state: Int32, _ input: UInt8) -> Int32 {
        var state = state
        while state != 0 {
            let found = child(of: state, input)
            if found != 0 { return found }
            state = fallback[Int(state)]
        }
        return rootChildren[Int(input)]
    }

    /// How many of the bytes read last may be the start of a string.
    func depth(_ state: Int32) -> Int { Int(depth[Int(state)]) }

    /// How many of the bytes read last are a string, 0 for none.
    func match(_ state: Int32) -> Int { Int(match[Int(state)]) }

    private func child(of node: Int32, _ input: UInt8) -> Int32 {
        if node == 0 { return rootChildren[Int(input)] }
        var next = child[Int(node)]
        while next != 0 && byte[Int(next)] != input { next = sibling[Int(next)] }
        return next
    }

    private mutating func add(_ string: [UInt8]) {
        var node: Int32 = 0
        for input in string {
            let found = child(of: node, input)
            node = found != 0 ? found : addChild(of: node, input)
        }
        match[Int(node)] = Int32(string.count)
    }

    private mutating func addChild(of node: Int32, _ input: UInt8) -> Int32 {
        let new = Int32(byte.count)
        byte.append(input)
        child.append(0)
        sibling.append(child[Int(node)])
        fallback.append(0)
        depth.append(depth[Int(node)] + 1)
        match.append(0)
        child[Int(node)] = new
        if node == 0 { rootChildren[Int(input)] = new }
        return new
    }

    /// Breadth first, so that the fallback of a node is complete before its children need it.
    private mutating func linkFallbacks() {
        var queue: [Int32] = [0]
        var position = 0
        while position < queue.count {
            let node = queue[position]
            position += 1
            var next = child[Int(node)]
            while next != 0 {
                let target = node == 0 ? 0 : self.next(fallback[Int(node)], byte[Int(next)])
                fallback[Int(next)] = target
                match[Int(next)] = max(match[Int(next)], match[Int(target)])
                queue.append(next)
                next = sibling[Int(next)]
            }
        }
    }
}
