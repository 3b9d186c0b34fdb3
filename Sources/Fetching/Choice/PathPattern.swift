internal import FarmModel

/// A pattern for a whole relative path: one element a name.
struct PathPattern: Sendable, Equatable {
    private enum Element: Equatable {
        /// `**`: any number of folders, none included.
        case anyDepth
        /// One name.
        case name(NamePattern)
    }

    /// How a path stands to a pattern.
    struct Relation: Equatable {
        /// The path itself fits.
        var isMatch = false
        /// It lies beneath a path that fits.
        var isBeneathMatch = false
        /// Something beneath it may fit.
        var leadsToMatch = false
    }

    private let elements: [Element]

    /// A pattern of names. A `**` at the end stands for at least one name: what is in a folder, not the folder.
    init(_ names: [NamePattern]) {
        var elements = names.map { $0.isDoubleStar ? Element.anyDepth : .name($0) }
        if elements.last == .anyDepth { elements.append(.name(.anyName)) }
        self.elements = elements
    }

    /// Whether the pattern names this name literally.
    func mentions(_ name: String) -> Bool {
        elements.contains { element in
            guard case .name(let pattern) = element else { return false }
            return pattern.literal == name
        }
    }

    /// Follows the path name by name through all places of the pattern it can have reached at once; so the time is at most the product of
    /// both lengths, whatever the pattern.
    func relation(to path: PathNames) -> Relation {
        var relation = Relation()
        var reached = expanded([0])
        for name in path.names {
            if reached.contains(elements.count) { relation.isBeneathMatch = true }
            reached = expanded(following(reached, by: name))
            if reached.isEmpty { return relation }
        }
        relation.isMatch = reached.contains(elements.count)
        relation.leadsToMatch = reached.contains { $0 < elements.count }
        return relation
    }

    /// The places after one more name.
    private func following(_ places: [Int], by name: [Unicode.Scalar]) -> [Int] {
        var result: [Int] = []
        for place in places where place < elements.count {
            switch elements[place] {
            case .anyDepth: result.append(place)
            case .name(let pattern): if pattern.matches(name) { result.append(place + 1) }
            }
        }
        return result
    }

    /// The places with those that are reached by passing over a `**`. The result is in ascending order, each place once.
    private func expanded(_ places: [Int]) -> [Int] {
        var result: [Int] = []
        for place in places {
            var next = place
            while next > (result.last ?? -1) {
                result.append(next)
                guard next < elements.count, elements[next] == .anyDepth else { break }
                next += 1
            }
        }
        return result
    }
}

/// A relative path, taken apart once for many patterns.
struct PathNames {
    /// The names, from the outermost folder on.
    let names: [[Unicode.Scalar]]

    /// Takes a path apart.
    init(_ path: String) { names = path.pathNames().map { Array($0.unicodeScalars) } }
}
