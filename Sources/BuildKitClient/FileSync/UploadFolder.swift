internal import HostSystem

/// A folder of this machine that a daemon may have.
public struct UploadFolder: Sendable, Equatable {
    /// Where it is.
    public var path: String
    /// To whom files belong there; nil keeps their owners.
    public var owner: UInt32?
    /// The folder in which it is there; nil for none.
    public var place: String?
    /// What is never sent, whatever the daemon asks for.
    public var ignored: IgnoreRules

    /// All of a folder.
    public init(_ path: String, owner: UInt32? = 0, at place: String? = nil, ignored: IgnoreRules = IgnoreRules(patterns: [])) {
        self.path = path
        self.owner = owner
        self.place = place
        self.ignored = ignored
    }
}

/// What a daemon asks for of a folder.
struct UploadSelection: Sendable {
    /// Patterns of which one must match, if there are any.
    var included: [PathPattern] = []
    /// What is left out.
    var excluded = IgnoreRules(patterns: [])

    /// What becomes of a path.
    func verdict(_ path: String, _ own: IgnoreRules) -> IgnoreRules.Verdict {
        var verdicts = [excluded.verdict(path), own.verdict(path)]
        if !included.isEmpty {
            let results = included.map { $0.compare(path) }
            verdicts.append(
                results.contains(where: \.matches) ? .kept : .ignored(mayKeepBeneath: results.contains(where: \.mayMatchBeneath)))
        }
        if verdicts.allSatisfy({ $0 == .kept }) { return .kept }
        return .ignored(mayKeepBeneath: !verdicts.contains(.ignored(mayKeepBeneath: false)))
    }
}
