/// The keys that a mapping may have: in the order messages list them, and quick to look up.
package struct KeyList: ExpressibleByArrayLiteral, Sendable {
    package let ordered: [String]
    private let all: Set<String>
    /// Accepted but not listed: the forms that only records have.
    private let silent: Set<String>

    package init(_ ordered: [String], silent: [String] = []) {
        self.ordered = ordered
        self.silent = Set(silent)
        all = self.silent.union(ordered)
    }

    package init(arrayLiteral keys: String...) { self.init(keys) }

    package func contains(_ key: String) -> Bool { all.contains(key) }
}
