/// The neighbours of one node, as node numbers.
///
/// A view into the graph's storage: taking one copies nothing. Indices start at 0.
public struct Neighbors: RandomAccessCollection, Sendable {
    private let row: ArraySlice<Int32>

    init(_ row: ArraySlice<Int32>) {
        self.row = row
    }

    /// Always 0.
    public var startIndex: Int { 0 }

    /// The number of neighbours.
    public var endIndex: Int { row.count }

    /// The number of the node at `position`.
    public subscript(position: Int) -> Int {
        Int(row[row.startIndex + position])
    }
}

/// Rows of node numbers in compressed sparse row form: row `r` is `targets[offsets[r]..<offsets[r + 1]]`.
struct Adjacency: Sendable, Equatable {
    private(set) var offsets: [Int32]
    private(set) var targets: [Int32]

    fileprivate init(offsets: [Int32], targets: [Int32]) {
        self.offsets = offsets
        self.targets = targets
    }

    /// Groups pairs by row, keeping their order within a row.
    ///
    /// - Parameter eachPair: Hands every pair to its argument; called twice, to count and to place.
    init(rowCount: Int, grouping eachPair: (_ body: (_ row: Int, _ target: Int) -> Void) -> Void) {
        var offsets = [Int32](repeating: 0, count: rowCount + 1)
        eachPair { row, _ in offsets[row + 1] += 1 }
        for row in 0..<rowCount {
            offsets[row + 1] += offsets[row]
        }
        var next = offsets
        var targets = [Int32](repeating: 0, count: Int(offsets[rowCount]))
        eachPair { row, target in
            targets[Int(next[row])] = Int32(target)
            next[row] += 1
        }
        self.init(offsets: offsets, targets: targets)
    }

    var rowCount: Int { offsets.count - 1 }

    func range(of row: Int) -> Range<Int> {
        Int(offsets[row])..<Int(offsets[row + 1])
    }

    subscript(row: Int) -> Neighbors {
        Neighbors(targets[range(of: row)])
    }

    /// The same pairs the other way round; each row ascends.
    func transposed() -> Adjacency {
        Adjacency(rowCount: rowCount) { body in
            for row in 0..<rowCount {
                for target in self[row] {
                    body(target, row)
                }
            }
        }
    }
}

/// Writes an `Adjacency` row after row; a target named twice in a row is kept once, at its first place.
struct AdjacencyBuilder {
    private var offsets: [Int32] = [0]
    private var targets: [Int32] = []
    private var lastRowNaming: [Int32]

    init(rowCount: Int) {
        offsets.reserveCapacity(rowCount + 1)
        lastRowNaming = Array(repeating: -1, count: rowCount)
    }

    mutating func add(_ target: Int) {
        let row = Int32(offsets.count - 1)
        guard lastRowNaming[target] != row else { return }
        lastRowNaming[target] = row
        targets.append(Int32(target))
    }

    mutating func endRow() {
        offsets.append(Int32(targets.count))
    }

    consuming func finish() -> Adjacency {
        Adjacency(offsets: offsets, targets: targets)
    }
}
