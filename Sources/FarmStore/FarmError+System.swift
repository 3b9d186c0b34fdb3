public import FarmModel
public import HostSystem

extension FarmError {
    /// An error of the operating system with the exit status it leads to.
    public init(_ error: SystemError) {
        let status: ExitStatus = error.isMissing ? .noInput : error.isPermissionDenied ? .noPermission : .inputOutput
        self.init(status, error.message)
    }

    /// Runs `body` and turns an error of the operating system into one for people.
    public static func wrap<T>(_ body: () throws(SystemError) -> T) throws(FarmError) -> T {
        do throws(SystemError) { return try body() } catch { throw FarmError(error) }
    }
}
