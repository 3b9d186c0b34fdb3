/// The one of `names` that `name` was most likely meant to be, for a "did you mean".
///
/// That is the nearest within 1 + length / 4 slips, the first among equals. A slip is a character put in, left out, changed, or swapped
/// with its neighbour; the case of ASCII letters does not count. Names beyond 256 characters get no suggestion.
public func suggestion(for name: String, among names: some Sequence<String>) -> String? {
    let target = foldedScalars(name)
    guard target.count <= 256 else { return nil }
    var limit = 1 + target.count / 4
    var distance = EditDistance(to: target)
    var nearest: String?
    for candidate in names where candidate != name && candidate.utf8.count <= 4 * (target.count + limit) {
        guard let slips = distance.from(foldedScalars(candidate), atMost: limit) else { continue }
        nearest = candidate
        limit = slips - 1
        if slips == 0 { break }
    }
    return nearest
}

private func foldedScalars(_ text: String) -> [UInt32] {
    text.unicodeScalars.map { ("A"..."Z").contains($0) ? $0.value + 32 : $0.value }
}

/// Optimal string alignment, the Damerau–Levenshtein distance in which no part of the text is edited twice, computed row by row and
/// only as far from the diagonal as the limit allows.
private struct EditDistance {
    private let target: [UInt32]
    private var beforePrevious: [Int]
    private var previous: [Int]
    private var current: [Int]

    init(to target: [UInt32]) {
        self.target = target
        current = Array(repeating: 0, count: target.count + 1)
        previous = current
        beforePrevious = current
    }

    /// The distance between `source` and the target, or `nil` if it is above `limit`.
    mutating func from(_ source: [UInt32], atMost limit: Int) -> Int? {
        guard abs(source.count - target.count) <= limit else { return nil }
        for column in 0...target.count {
            current[column] = column
        }
        for row in 0..<source.count {
            (beforePrevious, previous, current) = (previous, current, beforePrevious)
            guard fillRow(row, of: source, limit: limit) <= limit else { return nil }
        }
        return current[target.count] <= limit ? current[target.count] : nil
    }

    /// Fills the row after `row` scalars of the source, and gives its least distance.
    private mutating func fillRow(_ row: Int, of source: [UInt32], limit: Int) -> Int {
        let tooFar = limit + 1
        let band = max(0, row - limit)..<max(0, min(target.count, row + 1 + limit))
        current[band.lowerBound] = band.lowerBound == 0 ? row + 1 : tooFar
        var least = current[band.lowerBound]
        for column in band {
            var distance = previous[column] + (source[row] == target[column] ? 0 : 1)
            distance = min(distance, current[column] + 1, previous[column + 1] + 1)
            if row > 0, column > 0, source[row] == target[column - 1], source[row - 1] == target[column] {
                distance = min(distance, beforePrevious[column - 1] + 1)
            }
            current[column + 1] = distance
            least = min(least, distance)
        }
        if band.upperBound < target.count {
            current[band.upperBound + 1] = tooFar
        }
        return least
    }
}
