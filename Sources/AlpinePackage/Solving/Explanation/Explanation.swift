/// Finds words for a contradiction.
struct Explanation {
    private let core: ConflictCore
    private let chains: DemandChains
    var search: SolverSearch

    /// A cause: what to say of it, and whose demands lead to it.
    private struct Finding {
        let message: String
        let packages: [PackagePool.Member]
    }

    init(core: ConflictCore, search: SolverSearch) {
        self.core = core
        self.search = search
        chains = DemandChains(core.requirements.map { search.requirements[$0] })
    }

    /// The worst cause, and the way to it.
    mutating func failure() -> SolverFailure {
        let finding = missing() ?? contradiction() ?? conflict() ?? rivalry() ?? general
        var seen: Set<String> = []
        let lines = finding.packages.flatMap { chains.lines(to: $0, in: search) }.filter { seen.insert($0).inserted }
        return SolverFailure(message: finding.message, lines: lines + [finding.message])
    }

    private var requirements: some Sequence<Requirement> { core.requirements.lazy.map { search.requirements[$0] } }

    /// Something that nobody provides.
    private mutating func missing() -> Finding? {
        guard let requirement = requirements.first(where: \.candidates.isEmpty) else { return nil }
        return Finding(message: absence(of: search.term(of: requirement), for: requirement.package), packages: [requirement.package])
    }

    /// Two demands for the same name that no package meets at once.
    private func contradiction() -> Finding? {
        var byName: [String: [Requirement]] = [:]
        for requirement in requirements {
            let name = search.term(of: requirement).name
            if let other = byName[name]?.first(where: { excludes($0, requirement) }) {
                return Finding(message: opposition(of: other, to: requirement), packages: [other.package, requirement.package])
            }
            if byName[name, default: []].count < 100 { byName[name, default: []].append(requirement) }
        }
        return nil
    }

    private func excludes(_ left: Requirement, _ right: Requirement) -> Bool {
        let packages = Set(left.candidates.map(\.package))
        return !right.candidates.contains { packages.contains($0.package) }
    }

    /// A package that says `!name` to one that is needed.
    private func conflict() -> Finding? {
        for cause in core.conflicts {
            guard case .conflict(let package, let position) = cause.reason, let needed = chains.demand(for: cause.subject) else { continue }
            let refusal = search.refusal(by: package, search.terms(of: package)[Int(position)])
            return Finding(message: "\(refusal), but \(demand(needed))", packages: [package, needed.package])
        }
        return nil
    }

    /// Two packages of one name that are both needed.
    private func rivalry() -> Finding? {
        for cause in core.rivals {
            guard let needed = chains.demand(for: cause.subject), let other = chains.demand(for: cause.by) else { continue }
            let name = search.pool.commonName(of: cause.subject, cause.by)
            let words = opposition(of: other, cause.by, to: needed, cause.subject)
            return Finding(message: "\(words); only one package can be \(name)", packages: [other.package, needed.package])
        }
        return nil
    }

    private var general: Finding {
        let names = search.world.map { "\($0)".singleLine }.joined(separator: " ")
        return Finding(message: "these cannot be installed together: \(names.prefix(1_000))", packages: [])
    }

    /// Two demands in one line; each says for which package it is unless that has the name that is asked for.
    private func opposition(
        of left: Requirement, _ package: PackagePool.Member? = nil, to right: Requirement, _ other: PackagePool.Member? = nil
    ) -> String {
        let first = demand(left) + note(package, left)
        let second = left.package == right.package ? " and " + "\(search.term(of: right))".singleLine : ", but \(demand(right))"
        return first + second + note(other, right)
    }

    private func demand(_ requirement: Requirement) -> String {
        search.demand(of: requirement.package, search.term(of: requirement))
    }

    private func note(_ package: PackagePool.Member?, _ requirement: Requirement) -> String {
        guard let package, search.pool[package].name != search.term(of: requirement).name else { return "" }
        return " (\(search.pool.title(of: package)))"
    }
}

extension PackagePool {
    /// A name that two packages have.
    fileprivate func commonName(of left: Member, _ right: Member) -> String {
        let names = Set([self[left].name] + self[left].provides.map(\.name))
        return ([self[right].name] + self[right].provides.map(\.name)).first(where: names.contains) ?? self[right].name
    }
}
