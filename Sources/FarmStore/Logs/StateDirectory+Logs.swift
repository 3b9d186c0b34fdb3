public import FarmModel

extension StateDirectory {
    /// The folder of all logs.
    public var logFolder: String { path + "/logs" }

    /// The folder of a build's logs; it is made with the first of them.
    public func logFolder(of build: BuildID) -> String { "\(logFolder)/\(build)" }

    /// Where a folder of logs lies; it may not be there yet.
    public func path(of folder: LogFolder) -> String {
        switch folder {
        case .all: logFolder
        case .build(let build): logFolder(of: build)
        case .job(let build, let job): logs(build, job)
        }
    }
}
