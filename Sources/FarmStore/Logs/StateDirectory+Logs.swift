public import FarmModel

extension StateDirectory {
    /// The folder of all logs.
    public var logFolder: String { path + "/logs" }

    /// The folder of a build's logs; it is made with the first of them.
    public func logFolder(of build: BuildID) -> String { "\(logFolder)/\(build)" }
}
