internal import Documents

/// What melange configurations need that no other one of the submission makes, so that repositories must have it.
public struct OutsideNeeds: Sendable {
    /// The most names that are listed.
    private static let listed = 50

    private var missing: Set<String> = []
    private var mismatches = DocumentErrors()

    /// Nothing.
    init() {}

    /// What a graph does without.
    init(_ graph: MelangeGraph) {
        missing = graph.missing
        mismatches = graph.mismatches
    }

    /// What there is to say, a line each: needs of versions that are not those that are made, with their places, then all other names.
    public var notes: [String] {
        var lines = mismatches.list.map { "\($0); a repository must have it" }
        if mismatches.isFull { lines.append("these are the first \(lines.count) needs of other versions") }
        if !missing.isEmpty { lines.append(missingNote) }
        return lines
    }

    private var missingNote: String {
        let names = missing.sorted()
        let rest = names.count > Self.listed ? ", and \(names.count - Self.listed) more" : ""
        let amount = names.count == 1 ? "1 package that is needed" : "\(names.count) packages that are needed"
        let list = names.prefix(Self.listed).map(\.excerpt).joined(separator: ", ")
        return "no configuration makes \(amount), so that repositories must have \(names.count == 1 ? "it" : "them"): \(list)\(rest)"
    }
}
