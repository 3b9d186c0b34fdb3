internal import ArgumentParser
internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// `--explain`: why a job is built again.
struct InputView {
    let context: ToolContext
    let state: StateOptions
    let format: GraphFormat?

    /// - Parameters:
    ///   - job: An id, or a name.
    ///   - builds: The build in which the name stands.
    func show(_ job: String, in builds: [String]) throws -> ExitStatus {
        guard let store = try state.existingFarm(in: context) else {
            throw FarmError(.noInput, "there is no job \(job): nothing was submitted to \(try state.directory(in: context).path) yet")
        }
        let id = try find(job, builds, store)
        let explanation = try store.explainInputs(of: id)
        let isTable = format == nil && Terminal.isTerminal(context.output.descriptor)
        var options = try FormatOptions.parse([])
        options.choice = isTable ? .table : format == .json ? .json : .ndjson
        var printer = RecordPrinter<InputRow>(options, try ColorOptions.parse([]), in: context)
        let rows = explanation.changes.map { InputRow($0, of: id, against: explanation.lastGood) }
        if !rows.isEmpty || format == .json { try printer.print(rows) }
        context.note(summary(explanation))
        return .success
    }

    private func find(_ job: String, _ builds: [String], _ store: any Farm) throws(FarmError) -> JobID {
        if JobID.range(ofPrefix: job) != nil, case .job(let id) = try store.resolve(job) { return id }
        guard let text = builds.first, builds.count == 1, case .build(let build) = try store.resolve(text) else {
            throw FarmError(
                .usage, "--explain takes the id of a job, or a name and beside it the build it is in: bf-graph --explain zlib b-…")
        }
        let jobs = try store.jobs(of: build).filter { $0.identity.name == job || $0.identity.description == job }
        guard let found = jobs.first else { throw FarmError(.noInput, "\(build) has no job \(job); see bf-status \(build)") }
        guard jobs.count == 1 else {
            throw FarmError(
                .badInput, "\(build) has \(jobs.count) jobs \(job): \(jobs.map(\.identity.description).joined(separator: ", "))")
        }
        return found.id
    }

    private func summary(_ explanation: InputExplanation) -> String {
        let job = explanation.job
        let name = "\(job.id) (\(job.identity))"
        guard let last = explanation.lastGood else { return "\(name): there is no good build before it to compare it with" }
        if job.isUnchanged { return "\(name) is unchanged since \(job.sameAs ?? last)" }
        let count = explanation.changes.count
        if count == 0 { return "\(name) has the inputs of \(last), its last good build, as far as they are known" }
        return "\(name): \(CountText.of(count, "input")) \(count == 1 ? "differs" : "differ") from \(last), its last good build"
    }
}
