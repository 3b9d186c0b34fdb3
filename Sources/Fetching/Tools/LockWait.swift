package import HostSystem

extension FetchFailure {
    /// Takes a lock, waiting for it as long as the context lasts; `notice` goes to the log when it takes longer than a moment.
    package static func lock(
        _ path: String, _ mode: FileLock.Mode, _ context: FetchContext, toBeTold notice: String
    ) throws(FetchFailure) -> FileLock {
        var isTold = false
        while true {
            let lock = try wrap { () throws(SystemError) in try FileLock(path: path) }
            while try !wrap({ () throws(SystemError) in mode == .shared ? try lock.tryShared() : try lock.tryExclusive() }) {
                if !isTold { context.log(notice) }
                isTold = true
                try context.pause(milliseconds: 100)
            }
            guard lock.isCurrent else { continue }
            try? lock.noteUse()
            return lock
        }
    }
}
