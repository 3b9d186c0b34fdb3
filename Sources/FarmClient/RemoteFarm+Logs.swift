internal import FarmAPI
public import FarmModel
public import FarmStore

extension RemoteFarm {
    /// Opens the log of an attempt; nil where there is none (yet).
    public func log(_ name: LogName) throws(FarmError) -> LogReader? {
        try RemoteLog(name, isIndex: false, connection).map { LogReader($0) }
    }

    /// The index of a log, not read yet.
    public func logIndex(_ name: LogName) -> LogIndex {
        let connection = connection
        return LogIndex(opening: { () throws(FarmError) in
            try RemoteLog(name, isIndex: true, connection).map { LogReader($0) }
        })
    }

    /// Starts to notice changes of logs and of the farm.
    public func watchLogs() -> any LogWatch { RemoteWatch(connection) }
}
