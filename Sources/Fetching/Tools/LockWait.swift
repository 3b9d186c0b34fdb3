internal import HostSystem

extension FetchFailure {
    /// Waits for a lock as long as the context lasts; `notice` goes to the log when it takes longer than a moment.
    static func waitFor(_ lock: FileLock, _ context: FetchContext, toBeTold notice: String) throws(FetchFailure) {
        var isTold = false
        while try !wrap({ () throws(SystemError) in try lock.tryExclusive() }) {
            if !isTold { context.log(notice) }
            isTold = true
            try context.pause(milliseconds: 100)
        }
    }
}
