/// A binary heap that gives out the smallest element first.
///
/// Inlinable, so that other libraries get it made for their element: twice as fast.
public struct Heap<Element: Comparable> {
    @usableFromInline var items: [Element]

    /// An empty heap, or one of elements that are in ascending order: a sorted array is a heap already.
    @inlinable public init(ascending: [Element] = []) { items = ascending }

    /// True if there is nothing to give out.
    @inlinable public var isEmpty: Bool { items.isEmpty }

    /// Adds an element, in logarithmic time.
    @inlinable public mutating func insert(_ item: Element) {
        var hole = items.count
        items.append(item)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard item < items[parent] else { break }
            items[hole] = items[parent]
            hole = parent
        }
        items[hole] = item
    }

    /// Removes the smallest element, in logarithmic time; nil if there is none.
    @inlinable public mutating func popSmallest() -> Element? {
        guard let last = items.popLast() else { return nil }
        guard let smallest = items.first else { return last }
        sink(last)
        return smallest
    }

    @inlinable mutating func sink(_ item: Element) {
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < items.count else { break }
            if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
            guard items[child] < item else { break }
            items[hole] = items[child]
            hole = child
        }
        items[hole] = item
    }
}
