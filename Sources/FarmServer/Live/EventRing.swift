import FarmModel

/// The newest events, each with a number that only counts up: a reader that knows its number takes what came since, until it is too late for that.
struct EventRing: Sendable {
    /// What a reader gets.
    enum Slice: Sendable, Equatable {
        /// The events from its number on, and the number to go on with; none if there is nothing new.
        case events(ArraySlice<LiveEvent>, next: Int)
        /// It is so far behind that events it has not seen are gone.
        case lost
    }

    private var items: [LiveEvent] = []
    /// The number of the first item.
    private(set) var first = 0
    let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// The number that the next event gets.
    var next: Int { first + items.count }

    mutating func append(_ events: some Collection<LiveEvent>) {
        items.append(contentsOf: events)
        // Rarely and many at once, as the rest moves.
        guard items.count > 2 * capacity else { return }
        let surplus = items.count - capacity
        items.removeFirst(surplus)
        first += surplus
    }

    /// What there is from a number on, at most so many.
    func slice(from number: Int, atMost limit: Int) -> Slice {
        guard number >= first else { return .lost }
        let start = min(number - first, items.count)
        let end = min(start + limit, items.count)
        return .events(items[start..<end], next: first + end)
    }
}
