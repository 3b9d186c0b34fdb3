import FarmAPI
import FarmModel
import FarmStore
import HostSystem

/// The folder that melange's servers put results in: `ID/logs/build.log`, `ID/ARCH/*.apk`, `ID/ARCH/APKINDEX.tar.gz`.
///
/// The state directory has them anyway; this is for scripts that know only the folder. A job's part is there before anybody is told that it ended.
struct OutputFolder: Sendable {
    private static let pieceSize = 1 << 20
    private static let temporarySuffix = ".new"
    private static let lockSuffix = ".lock"
    /// How long somebody else may take to put the results of a job there.
    private static let patience = Duration.seconds(600)

    private let path: String
    private let store: Store

    init(path: String, store: Store) {
        self.path = path
        self.store = store
    }

    /// The places of the jobs of a build that have ended and run.
    /// - Parameter id: What the service calls the build.
    func places(_ jobs: [JobRecord], build id: String) throws(FarmError) -> [JobID: MelangePlace] {
        var places: [JobID: MelangePlace] = [:]
        for job in jobs where job.hasResults { places[job.id] = try place(job, id: "\(id)-\(job.identity.name)") }
        return places
    }

    /// Puts the results of a job there that has ended, unless they are.
    /// - Parameter id: What the service calls the job.
    func place(_ job: JobRecord, id: String) throws(FarmError) -> MelangePlace {
        let folder = "\(path)/\(id)"
        if try !isThere(folder) { try fillAlone(folder, from: job) }
        return MelangePlace(log: "\(folder)/logs/build.log", outputs: folder)
    }

    private func isThere(_ folder: String) throws(FarmError) -> Bool {
        try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(folder) } != nil
    }

    /// Several clients may ask several processes for the same job; those who ask for others do not wait.
    private func fillAlone(_ folder: String, from job: JobRecord) throws(FarmError) {
        while true {
            let lock = try FarmError.wrap { () throws(SystemError) in
                try Files.makeFolders(path, mode: 0o755)
                let lock = try FileLock(path: folder + Self.lockSuffix)
                try lock.lock(.exclusive, timeout: Self.patience)
                return lock
            }
            guard lock.isCurrent else { continue }
            defer {
                try? Files.removeFile(lock.path)
                try? lock.unlock()
            }
            if try !isThere(folder) { try fill(folder, from: job) }
            return
        }
    }

    private func fill(_ folder: String, from job: JobRecord) throws(FarmError) {
        let temporary = folder + Self.temporarySuffix
        let open = try FarmError.wrap { () throws(SystemError) in
            try Files.removeTree(temporary)
            try Files.makeFolders(temporary + "/logs", mode: 0o755)
            return try Files.open(temporary, [.read, .folder])
        }
        try writeLog(of: job, to: temporary + "/logs/build.log")
        if let tree = job.tree {
            let manifest = try store.blobs.manifest(tree)
            try TreeWriter(blobs: store.blobs, sourceDateEpoch: Plan.defaultSourceDateEpoch).write(manifest, into: open)
        }
        try FarmError.wrap { () throws(SystemError) in try Files.rename(temporary, to: folder) }
    }

    private func writeLog(of job: JobRecord, to path: String) throws(FarmError) {
        let file = try FarmError.wrap { () throws(SystemError) in
            try Files.open(path, [.write, .create, .exclusive, .noFollow], mode: 0o644)
        }
        let owner = try store.jobWithLog(of: job)
        guard var reader = try LogReader(path: store.directory.log(owner.build, owner.id, attempt: max(1, owner.attempts))) else { return }
        var offset: Int64 = 0
        while true {
            let bytes = try reader.bytes(from: offset, atMost: Self.pieceSize)
            if bytes.isEmpty { return }
            offset += Int64(bytes.count)
            try FarmError.wrap { () throws(SystemError) in try file.writeAll(bytes) }
        }
    }
}

extension JobRecord {
    /// Whether it has ended, and there is something to be shown of it.
    var hasResults: Bool { state.isTerminal && state != .skipped && (attempts > 0 || state == .success) }
}
