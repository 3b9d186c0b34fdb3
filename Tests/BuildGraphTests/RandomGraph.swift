@testable import BuildGraph

/// SplitMix64, so that every run tests the same graphs.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Small graphs of every density, as edges too, so that oracles need nothing of `Graph`.
struct RandomGraph {
    let count: Int
    let edges: [(node: Int, need: Int)]

    var graph: Graph {
        Graph(nodes: (0..<count).map { "n\($0)" }, edges: edges)
    }

    /// A graph that may have cycles and self-edges.
    static func any(seed: UInt64) -> RandomGraph {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...24, using: &generator)
        let edges = (0..<Int.random(in: 0...(2 * count), using: &generator)).map { _ in
            (node: Int.random(in: 0..<count, using: &generator), need: Int.random(in: 0..<count, using: &generator))
        }
        return RandomGraph(count: count, edges: edges)
    }

    /// A graph without cycles whose edges go against the input order as often as with it.
    static func acyclic(seed: UInt64) -> RandomGraph {
        var generator = SeededGenerator(seed: seed)
        let place = (0..<Int.random(in: 1...24, using: &generator)).shuffled(using: &generator)
        let edges = any(seed: seed &+ 1).edges.filter { $0.node < place.count && $0.need < place.count && $0.node != $0.need }
        return RandomGraph(count: place.count, edges: edges.map { place[$0.node] > place[$0.need] ? $0 : ($0.need, $0.node) })
    }

    /// Whether the second node can be reached from the first by one edge or more (Warshall's algorithm).
    var reaches: [[Bool]] {
        var reaches = [[Bool]](repeating: Array(repeating: false, count: count), count: count)
        for edge in edges {
            reaches[edge.node][edge.need] = true
        }
        for middle in 0..<count {
            for start in 0..<count where reaches[start][middle] {
                for end in 0..<count where reaches[middle][end] {
                    reaches[start][end] = true
                }
            }
        }
        return reaches
    }
}

/// A graph written as text: `["app: lib zlib", "zlib"]`.
func graph(_ lines: String...) -> Graph {
    var builder = GraphBuilder()
    for line in lines {
        let parts = line.split(separator: ":").map(String.init)
        builder.add(parts[0], needs: parts.dropFirst().flatMap { $0.split(separator: " ").map(String.init) })
    }
    return builder.build().graph
}

/// A chain in which each node needs the next.
func chain(_ count: Int) -> Graph {
    Graph(nodes: (0..<count).map(String.init), edges: (1..<count).map { (node: $0 - 1, need: $0) })
}
