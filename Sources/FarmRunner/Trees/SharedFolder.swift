import HostSystem

/// A folder below `cache` that is made once, by whoever needs it first, and then shared by all who need it.
enum SharedFolder {
    private static let patience = Duration.seconds(600)

    /// The lock that keeps gc from the folder, held shared, once the folder is there.
    ///
    /// - Parameters:
    ///   - path: Where it lies; its lock lies beside it.
    ///   - failure: Turns an error of the operating system into one of the caller's.
    ///   - make: Fills a new, empty folder under a temporary path; it gets its name when it is complete.
    static func obtain<Failure: Error>(
        _ path: String, failure: (SystemError) -> Failure, make: (_ temporary: String) throws(Failure) -> Void
    ) throws(Failure) -> FileLock {
        func system<T>(_ body: () throws(SystemError) -> T) throws(Failure) -> T {
            do throws(SystemError) { return try body() } catch { throw failure(error) }
        }
        try system { () throws(SystemError) in
            try Files.makeFolders(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), mode: 0o700)
        }
        while true {
            let lock = try system { () throws(SystemError) in try FileLock(path: path + ".lock") }
            try system { () throws(SystemError) in try lock.lock(.shared, timeout: patience) }
            guard lock.isCurrent else { continue }
            if try system({ () throws(SystemError) in try Files.statusIfPresent(path) }) != nil {
                try? lock.noteUse()
                return lock
            }
            // On the way to the exclusive lock the shared one is given up for a moment.
            try system { () throws(SystemError) in try lock.lock(.exclusive, timeout: patience) }
            guard lock.isCurrent else { continue }
            if try system({ () throws(SystemError) in try Files.statusIfPresent(path) }) != nil { continue }
            let temporary = path + ".new"
            try system { () throws(SystemError) in
                try Files.removeTree(temporary)
                try Files.makeFolder(temporary, mode: 0o755)
            }
            try make(temporary)
            try system { () throws(SystemError) in try Files.rename(temporary, to: path) }
        }
    }
}
