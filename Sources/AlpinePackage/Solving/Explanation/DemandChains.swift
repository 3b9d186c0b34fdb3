/// Which demands lead to a package.
struct DemandChains {
    /// By package: the demand by which it was reached first.
    private var demands: [PackagePool.Member: Requirement] = [:]

    /// Follows demands from who asks, step by step.
    init(_ requirements: [Requirement]) {
        let byPackage = Dictionary(grouping: requirements, by: \.package)
        var reached = [PackagePool.world]
        var position = 0
        while position < reached.count {
            for requirement in byPackage[reached[position]] ?? [] {
                for candidate in requirement.candidates where candidate.package != PackagePool.world {
                    guard demands[candidate.package] == nil else { continue }
                    demands[candidate.package] = requirement
                    reached.append(candidate.package)
                }
            }
            position += 1
        }
    }

    /// The demand that leads to a package; nil if none does.
    func demand(for package: PackagePool.Member) -> Requirement? { demands[package] }

    /// One line for each demand on the way from who asks to a package.
    func lines(to package: PackagePool.Member, in search: SolverSearch) -> [String] {
        var lines: [String] = []
        var package = package
        while let requirement = demands[package] {
            let demand = search.demand(of: requirement.package, search.term(of: requirement))
            lines.append("\(demand): \(search.pool.title(of: package))")
            package = requirement.package
        }
        return lines.reversed()
    }
}
