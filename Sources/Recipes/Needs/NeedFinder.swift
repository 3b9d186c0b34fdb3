internal import BuildGraph
public import FarmModel

/// Finds the jobs that a need means.
///
/// A need means the same architecture, else `noarch`, unless it names one; a `noarch` job that finds no `noarch` one means this machine's. Of
/// the cells of a matrix it means those that agree with the needing job's on the axes both have.
public struct NeedFinder {
    private let jobs: [JobSpec]
    private var byName: [String: [Int]] = [:]

    /// Prepares to find among these jobs.
    /// - Throws: `badInput` if two jobs are the same.
    public init(_ jobs: [JobSpec]) throws(FarmError) {
        self.jobs = jobs
        var seen: [JobIdentity: Int] = [:]
        seen.reserveCapacity(jobs.count)
        for (position, job) in jobs.enumerated() {
            if let first = seen.updateValue(position, forKey: job.identity) {
                let earlier = jobs[first].origin.map { "at \($0)" } ?? "before it"
                throw FarmError(.badInput, "\(job.place)job \(job.identity) is there twice; the first is \(earlier)")
            }
            byName[job.identity.name, default: []].append(position)
        }
    }

    /// The positions of the jobs that a need of a job means; none if it is not here.
    public func matches(_ need: Need, of identity: JobIdentity) -> [Int] {
        let candidates = (byName[need.name] ?? []).filter { agrees(jobs[$0].identity.cell, identity.cell) }
        for architecture in architectures(need, of: identity) {
            let found = candidates.filter { jobs[$0].identity.architecture == architecture }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// Why a need of a job has no match, and what can be done.
    public func fault(_ need: Need, of job: JobSpec) -> String {
        let start = "\(job.place)job \(job.identity) needs \(need.name), "
        if let others = byName[need.name] {
            let known = others.prefix(5).map { "\(jobs[$0].identity.name)@\(jobs[$0].identity.architecture)" + cellNote($0) }
            return start + "but only \(known.joined(separator: ", ")) is here; name an architecture (arch:) or add the job"
        }
        if let near = suggestion(for: need.name, among: byName.keys.sorted()) { return start + "which is not here; did you mean \(near)?" }
        return start + "which is not here; add it, or say {name: \(need.name), from: latest}"
    }

    private func cellNote(_ position: Int) -> String {
        let cell = jobs[position].identity.cellText
        return cell.isEmpty ? "" : "[\(cell)]"
    }

    private func architectures(_ need: Need, of identity: JobIdentity) -> [Architecture] {
        if let named = need.architecture { return [named] }
        return identity.architecture == .noarch ? [.noarch, .native] : [identity.architecture, .noarch]
    }

    private func agrees(_ left: [String: String], _ right: [String: String]) -> Bool {
        left.allSatisfy { axis, value in right[axis].map { $0 == value } ?? true }
    }
}

extension JobSpec {
    /// `file:line: `, or nothing if the place is not known; the start of a message about the job.
    public var place: String { origin.map { "\($0): " } ?? "" }
}
