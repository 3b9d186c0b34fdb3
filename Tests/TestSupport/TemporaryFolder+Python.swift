internal import HostSystem

extension TemporaryFolder {
    /// What a Python program said when it failed.
    public struct PythonFailure: Error, CustomStringConvertible {
        /// Its standard error.
        public let description: String
    }

    /// What a Python program, run in the folder for at most a minute, prints.
    /// - Throws: ``PythonFailure`` where it fails; `SystemError` where it cannot be run.
    public func python(_ program: String) throws -> String {
        let result = try Subprocess.run(
            ["python3", "-c", program], environment: ["PATH=\(Environment.value("PATH") ?? "/usr/bin:/bin")", "HOME=\(path)"],
            workingDirectory: path, deadline: Clock.boottimeMilliseconds + 60_000)
        guard result.isSuccess else { throw PythonFailure(description: String(decoding: result.error, as: UTF8.self)) }
        return String(decoding: result.output, as: UTF8.self)
    }
}
