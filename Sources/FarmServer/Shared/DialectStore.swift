import FarmAPI
import FarmModel
import FarmStore
import FarmSubmission
import HostSystem

extension Services {
    /// Stores jobs as one build, durably: what every way in ends with.
    func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> Store.SubmitOutcome {
        try Submitter(store: store, recipes: recipes).submit(jobs, options)
    }

    /// A new id of a dialect.
    func unusedID(_ form: DialectID, of dialect: String) throws(FarmError) -> String {
        try store.unusedAlias(of: dialect) { form.text(random: RandomBytes.make(DialectID.randomBytes)) }
    }
}

extension Store {
    /// Under which the farm knows the ids of dialects.
    private static let dialects = [MelangeBuilds.dialect, MelangeJobs.dialect, DsynthBuilds.dialect]

    /// The build that an id of a dialect names, of another, or of ours; nil if there is none.
    func build(_ id: String, in dialect: String) throws(FarmError) -> BuildID? {
        if case .build(let build)? = try target(id, in: dialect) { return build }
        return nil
    }

    /// The job that an id of a dialect names, of another, or of ours; nil if there is none.
    func job(_ id: String, in dialect: String) throws(FarmError) -> JobID? {
        if case .job(let job)? = try target(id, in: dialect) { return job }
        return nil
    }

    /// The build that an id of any dialect, or a unique beginning of one of ours, names.
    /// - Throws: As ``build(named:)``.
    func build(ofAnyDialect id: String) throws(FarmError) -> BuildID {
        if Dialect.ofID(id) != .native, let build = try build(id, in: MelangeBuilds.dialect) { return build }
        return try build(named: id)
    }

    /// The job that an id of any dialect, or a unique beginning of one of ours, names.
    /// - Throws: As ``job(named:)``.
    func job(ofAnyDialect id: String) throws(FarmError) -> JobID {
        if Dialect.ofID(id) != .native, let job = try job(id, in: MelangeJobs.dialect) { return job }
        return try job(named: id)
    }

    private func target(_ id: String, in dialect: String) throws(FarmError) -> Target? {
        for name in [dialect] + Self.dialects {
            if let target = try alias(name, id) { return target }
        }
        guard Dialect.ofID(id) == .native else { return nil }
        do throws(FarmError) { return try resolve(id) } catch {
            guard [.noInput, .usage, .badInput].contains(error.status) else { throw error }
            return nil
        }
    }

    /// The id of a build in a dialect, else ours.
    func name(of build: BuildID, in dialect: String) throws(FarmError) -> String {
        try aliases(of: [build], in: dialect)[build] ?? build.description
    }
}
