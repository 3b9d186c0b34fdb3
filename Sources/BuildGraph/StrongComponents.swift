/// The strongly connected components: two nodes share one exactly if each needs the other, directly or not.
///
/// Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972) with its recursion kept in an array.
struct StrongComponents {
    /// The component of each node. A component's number is greater than those of the components it needs.
    let ofNode: [Int32]
    /// The nodes of each component, in input order.
    let members: Adjacency

    init(needs: Adjacency) {
        var search = ComponentSearch(needs: needs)
        for node in 0..<needs.rowCount {
            search.run(from: node)
        }
        let component = search.component
        ofNode = component
        members = Adjacency(rowCount: Int(search.componentCount)) { body in
            for (node, component) in component.enumerated() {
                body(Int(component), node)
            }
        }
    }
}

/// The state of one depth-first search over all nodes.
private struct ComponentSearch {
    private let needs: Adjacency
    /// When each node was first met, or −1.
    private var discovery: [Int32]
    /// The earliest discovery known to be reachable among the nodes without a component.
    private var lowest: [Int32]
    /// The nodes that have been met and have no component yet.
    private var open: [Int] = []
    /// The way from the root of the search to the present node, each with the place of the need to look at next.
    private var path: [(node: Int, next: Int)] = []
    private var discovered: Int32 = 0

    private(set) var component: [Int32]
    private(set) var componentCount: Int32 = 0

    init(needs: Adjacency) {
        self.needs = needs
        discovery = Array(repeating: -1, count: needs.rowCount)
        lowest = discovery
        component = discovery
    }

    mutating func run(from root: Int) {
        guard discovery[root] < 0 else { return }
        enter(root)
        while let (node, next) = path.last {
            guard next < needs.range(of: node).upperBound else {
                leave(node)
                continue
            }
            path[path.count - 1].next += 1
            look(from: node, at: Int(needs.targets[next]))
        }
    }

    private mutating func look(from node: Int, at need: Int) {
        if discovery[need] < 0 {
            enter(need)
        } else if component[need] < 0 {
            lowest[node] = min(lowest[node], discovery[need])
        }
    }

    private mutating func enter(_ node: Int) {
        discovery[node] = discovered
        lowest[node] = discovered
        discovered += 1
        open.append(node)
        path.append((node, needs.range(of: node).lowerBound))
    }

    private mutating func leave(_ node: Int) {
        path.removeLast()
        if let dependent = path.last?.node {
            lowest[dependent] = min(lowest[dependent], lowest[node])
        }
        if lowest[node] == discovery[node] {
            closeComponent(of: node)
        }
    }

    private mutating func closeComponent(of node: Int) {
        while let member = open.popLast() {
            component[member] = componentCount
            if member == node { break }
        }
        componentCount += 1
    }
}
