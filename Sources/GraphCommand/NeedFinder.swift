import BuildGraph
import FarmModel

/// Finds the jobs that a need means.
///
/// A need means the same architecture, else `noarch`, unless it names one; a `noarch` job that finds no `noarch` one means this machine's. Of
/// the cells of a matrix it means those that agree with the needing job's on the axes both have.
struct NeedFinder {
    private let specs: [JobSpec]
    private var positions: [String: [Int]] = [:]

    /// - Throws: `badInput` if two jobs are the same.
    init(_ specs: [JobSpec]) throws(FarmError) {
        self.specs = specs
        var seen: [JobIdentity: Int] = [:]
        for (position, spec) in specs.enumerated() {
            if let first = seen.updateValue(position, forKey: spec.identity) {
                let earlier = specs[first].origin.map { "at \($0)" } ?? "before it"
                throw FarmError(.badInput, "\(spec.place)job \(spec.identity) is there twice; the first is \(earlier)")
            }
            positions[spec.identity.name, default: []].append(position)
        }
    }

    /// The positions of the jobs that a need of a job means.
    func matches(_ need: Need, of identity: JobIdentity) -> [Int] {
        guard let sameName = positions[need.name] else { return [] }
        let agreeing = sameName.filter { agree(specs[$0].identity.cell, identity.cell) }
        for architecture in architectures(need, of: identity) {
            let found = agreeing.filter { specs[$0].identity.architecture == architecture }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// Why a need of a job has no match, and what can be done.
    func fault(_ need: Need, of spec: JobSpec) -> String {
        let start = "\(spec.place)job \(spec.identity) needs \(need.name), "
        if let others = positions[need.name] {
            let known = others.prefix(5).map { specs[$0].identity.description }.joined(separator: ", ")
            return start + "but only \(known) is here; name an architecture (arch:) or add the job"
        }
        if let near = suggestion(for: need.name, among: positions.keys.sorted()) {
            return start + "which is not here; did you mean \(near)?"
        }
        return start + "which is not here; add it, or leave such needs out with --missing-needs ignore"
    }

    private func architectures(_ need: Need, of identity: JobIdentity) -> [Architecture] {
        if let named = need.architecture { return [named] }
        return identity.architecture == .noarch ? [.noarch, .native] : [identity.architecture, .noarch]
    }

    private func agree(_ left: [String: String], _ right: [String: String]) -> Bool {
        left.allSatisfy { axis, value in right[axis].map { $0 == value } ?? true }
    }
}

extension JobSpec {
    /// `file:line: `, or nothing if the place is not known.
    var place: String { origin.map { "\($0): " } ?? "" }
}
