import BuildGraph

/// List scheduling: whenever a slot is free, the ready job of the highest rank starts on it.
struct Simulation {
    private let graph: Graph
    private let durations: [Double]
    private let ranks: [Double]
    private var missing: [Int]
    /// The next job last.
    private var ready: [(rank: Double, arrival: Int, node: Int)] = []
    /// What ends next last.
    private var running: [(end: Double, node: Int)] = []
    private var arrivals = 0
    private var now = 0.0
    /// When each job started, in seconds from the first start.
    private(set) var starts: [Double]

    init(_ graph: Graph, durations: [Double], ranks: [Double]) {
        self.graph = graph
        self.durations = durations
        self.ranks = ranks
        missing = graph.nodes.map { graph.needs(of: $0).count }
        starts = [Double](repeating: 0, count: graph.count)
        for node in graph.nodes where missing[node] == 0 { arrive(node) }
    }

    /// The time from the first start to the last end, in seconds.
    mutating func makespan(slots: Int) -> Double {
        while true {
            while running.count < slots, let job = ready.popLast() { start(job.node) }
            guard let ended = running.popLast() else { return now }
            now = ended.end
            for dependent in graph.dependents(of: ended.node) {
                missing[dependent] -= 1
                if missing[dependent] == 0 { arrive(dependent) }
            }
        }
    }

    private mutating func arrive(_ node: Int) {
        let job = (rank: ranks[node], arrival: arrivals, node: node)
        arrivals += 1
        ready.insert(job, at: ready.firstPlace { $0.rank >= job.rank })
    }

    private mutating func start(_ node: Int) {
        starts[node] = now
        let job = (end: now + durations[node], node: node)
        running.insert(job, at: running.firstPlace { $0.end <= job.end })
    }
}

extension Array {
    /// The first place whose element fulfils the condition, where all elements after that one do too.
    fileprivate func firstPlace(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
