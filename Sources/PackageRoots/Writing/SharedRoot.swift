internal import FarmModel
internal import Fetching
internal import HostSystem

/// A root below `cache/roots` that is made once, by whoever needs it first, and then shared by all who need it.
struct SharedRoot {
    let path: String
    let context: FetchContext

    /// The lock that keeps gc from the root, held shared, once the root is there.
    /// - Parameter make: Fills a new, empty folder; it gets its name when it is complete, so a root that is there is whole.
    func obtain(_ make: (_ path: String) throws(EnvironmentFailure) -> Void) throws(EnvironmentFailure) -> FileLock {
        let parent = path.pathNames().dropLast().joined(separator: "/")
        try EnvironmentFailure.system { () throws(SystemError) in try Files.makeFolders("/\(parent)", mode: 0o700) }
        while true {
            let shared = try context.lock(path + ".lock", .shared, toBeTold: "waiting for another attempt that makes the same root")
            if try isThere { return shared }
            try? shared.unlock()
            let lock = try context.lock(path + ".lock", .exclusive, toBeTold: "waiting for another attempt that makes the same root")
            if try !isThere { try fill(make) }
            if try EnvironmentFailure.system({ () throws(SystemError) in try lock.tryShared() }) { return lock }
        }
    }

    private var isThere: Bool {
        get throws(EnvironmentFailure) {
            try EnvironmentFailure.system { () throws(SystemError) in try Files.statusIfPresent(path) != nil }
        }
    }

    private func fill(_ make: (_ path: String) throws(EnvironmentFailure) -> Void) throws(EnvironmentFailure) {
        let unfinished = path + ".new"
        try EnvironmentFailure.system { () throws(SystemError) in
            try Files.removeTree(unfinished)
            try Files.makeFolder(unfinished, mode: 0o755)
        }
        do throws(EnvironmentFailure) { try make(unfinished) } catch {
            try? Files.removeTree(unfinished)
            throw error
        }
        try EnvironmentFailure.system { () throws(SystemError) in
            // Nobody reads the files again to see whether a power cut has emptied them.
            try Files.open(unfinished, [.read, .folder]).syncFileSystem()
            try Files.rename(unfinished, to: path)
        }
    }
}
