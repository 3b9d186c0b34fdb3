/// A set of Unicode scalars: ranges, and perhaps general categories.
struct ScalarSet: Sendable, Equatable {
    private var ranges: [ClosedRange<UInt32>] = []
    private var subsets: [ScalarSet] = []
    private var categories: Set<Unicode.GeneralCategory> = []
    private var isInverted = false
    /// Whether the case of a scalar does not count.
    var ignoresCase = false

    init(_ ranges: [ClosedRange<UInt32>] = []) { self.ranges = ranges }

    init(_ categories: Set<Unicode.GeneralCategory>) { self.categories = categories }

    static let digits = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let all = ScalarSet([0...0x10_FFFF])
    static let allButNewline = ScalarSet([0...0x09, 0x0B...0x10_FFFF])

    /// Everything else.
    var inverted: ScalarSet {
        var set = self
        set.isInverted.toggle()
        return set
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    mutating func insert(_ set: ScalarSet) { subsets.append(set) }

    /// How much work a look-up is, in comparisons.
    var size: Int { subsets.reduce(ranges.count + 1) { $0 + $1.size } }

    func contains(_ scalar: UInt32) -> Bool {
        let found = holds(scalar) || (ignoresCase && Self.variants(of: scalar).contains(where: holds))
        return found != isInverted
    }

    private func holds(_ scalar: UInt32) -> Bool {
        if ranges.contains(where: { $0.contains(scalar) }) || subsets.contains(where: { $0.contains(scalar) }) { return true }
        guard !categories.isEmpty, let scalar = Unicode.Scalar(scalar) else { return false }
        return categories.contains(scalar.properties.generalCategory)
    }

    /// The other cases of a scalar.
    private static func variants(of scalar: UInt32) -> [UInt32] {
        guard let scalar = Unicode.Scalar(scalar) else { return [] }
        let mappings = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping]
        return mappings.compactMap { mapping in
            let scalars = mapping.unicodeScalars
            return scalars.count == 1 ? scalars.first?.value : nil
        }
    }
}
