/// Which packages have or provide a name, in compressed rows.
struct ProviderTable: Sendable {
    /// That a package provides a name.
    struct Provider: Sendable {
        let package: PackagePool.Member
        /// The position in the list of what it provides; nil for its own name.
        let position: Int?
    }

    private let rows: [String: Int32]
    private let offsets: [Int32]
    private let entries: [Provider]

    /// Makes the table of packages numbered from 1.
    ///
    /// - Parameter names: The name of a package, and what else it provides. Whole records would be copied.
    init(count: Int, names: (_ number: Int) -> (own: String, provides: [Dependency])) {
        var rows: [String: Int32] = [:]
        rows.reserveCapacity(2 * count)
        var pairs: [(row: Int32, provider: Provider)] = []
        pairs.reserveCapacity(3 * count)
        func add(_ name: String, _ provider: Provider) {
            let row = rows[name] ?? Int32(rows.count)
            if row == rows.count { rows[name] = row }
            pairs.append((row, provider))
        }
        for number in 1..<count {
            let package = PackagePool.Member(number)
            let (name, provides) = names(number)
            add(name, Provider(package: package, position: nil))
            for position in provides.indices { add(provides[position].name, Provider(package: package, position: position)) }
        }
        (offsets, entries) = Self.grouped(pairs, rowCount: rows.count)
        self.rows = rows
    }

    private static func grouped(_ pairs: [(row: Int32, provider: Provider)], rowCount: Int) -> ([Int32], [Provider]) {
        var offsets = [Int32](repeating: 0, count: rowCount + 1)
        for pair in pairs { offsets[Int(pair.row) + 1] += 1 }
        for row in 0..<rowCount { offsets[row + 1] += offsets[row] }
        var next = offsets
        var entries = [Provider](repeating: Provider(package: 0, position: nil), count: pairs.count)
        for pair in pairs {
            entries[Int(next[Int(pair.row)])] = pair.provider
            next[Int(pair.row)] += 1
        }
        return (offsets, entries)
    }

    /// The providers of a name, in the order of the packages.
    subscript(name: String) -> ArraySlice<Provider> {
        guard let row = rows[name] else { return [] }
        return entries[Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1])]
    }

    /// All names.
    var names: some Sequence<String> { rows.keys }
}
