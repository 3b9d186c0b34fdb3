/// A binary heap of node numbers that gives out the smallest one first.
struct MinimumHeap {
    private var items: [Int32]

    /// - Precondition: `ascending` is sorted; a sorted array is a heap already.
    init(ascending: [Int32]) {
        items = ascending
    }

    mutating func insert(_ item: Int) {
        var hole = items.count
        let item = Int32(item)
        items.append(item)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard item < items[parent] else { break }
            items[hole] = items[parent]
            hole = parent
        }
        items[hole] = item
    }

    mutating func popMinimum() -> Int? {
        guard let last = items.popLast() else { return nil }
        guard let minimum = items.first else { return Int(last) }
        sink(last)
        return Int(minimum)
    }

    private mutating func sink(_ item: Int32) {
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < items.count else { break }
            if child + 1 < items.count, items[child + 1] < items[child] {
                child += 1
            }
            guard items[child] < item else { break }
            items[hole] = items[child]
            hole = child
        }
        items[hole] = item
    }
}
