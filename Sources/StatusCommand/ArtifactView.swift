internal import FarmModel
internal import FarmStore
internal import HostSystem
internal import ToolKit

/// Lists the artifacts of builds and jobs, and writes their trees out.
struct ArtifactView {
    let store: Store
    let format: FormatOptions
    let colors: ColorOptions
    let context: ToolContext

    func show(_ targets: [Target], into folder: String?) throws -> ExitStatus {
        let jobs = try jobs(of: targets)
        if let folder { for job in jobs { try write(job, of: jobs, into: folder) } }
        var printer = RecordPrinter<ArtifactRow>(format, colors, in: context)
        for job in jobs {
            for artifact in try store.artifacts(of: job.id) { try printer.add(ArtifactRow(artifact)) }
        }
        try printer.finish()
        return .success
    }

    private func jobs(of targets: [Target]) throws(FarmError) -> [JobRecord] {
        var jobs: [JobRecord] = []
        for target in targets {
            switch target {
            case .build(let build): jobs += try store.jobs(of: build).filter { $0.tree != nil }
            case .job(let job): jobs.append(try store.job(job))
            case .attempt(let attempt): jobs.append(try store.job(store.attempt(attempt).job))
            case .runner(let runner): throw FarmError(.usage, "\(runner) is a runner and has no artifacts")
            }
        }
        return jobs
    }

    /// Writes a job's tree into a new folder below `folder`; nothing that exists is overwritten.
    private func write(_ job: JobRecord, of jobs: [JobRecord], into folder: String) throws(FarmError) {
        guard let tree = job.tree else {
            throw FarmError(.noInput, "\(job.id) (\(job.identity)) is \(job.state.rawValue) and has no artifacts")
        }
        let isUnique = jobs.count { $0.identity.name == job.identity.name } == 1
        let path = folder + "/" + (isUnique ? job.identity.name : "\(job.identity)")
        let manifest = try store.blobs.manifest(tree)
        let target: Descriptor
        do throws(SystemError) {
            try Files.makeFolders(path, mode: 0o755)
            target = try Files.open(path, [.read, .folder])
            guard try target.entries(limit: 1_000_000).isEmpty else {
                throw SystemError(code: 17, attempt: "write artifacts into", path: path)
            }
        } catch {
            throw FarmError(.cannotCreate, "\(error); choose a new or empty folder")
        }
        try TreeWriter(blobs: store.blobs, sourceDateEpoch: Plan.defaultSourceDateEpoch).write(manifest, into: target)
    }
}

/// An artifact as a row.
struct ArtifactRow: Displayable {
    static let columns = [
        Column("JOB"), Column("NAME", shrinks: true), Column("VERSION"), Column("ARCH"), Column("SIZE", .right),
        Column("DIGEST", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ artifact: ArtifactRecord) {
        json = artifact.json
        cells = [
            Cell(artifact.job.description), Cell(artifact.path ?? artifact.name), Cell(artifact.version), Cell(artifact.architecture.name),
            Cell(SizeText.text(bytes: artifact.bytes), plain: String(artifact.bytes)), Cell(artifact.digest.description),
        ]
    }
}
