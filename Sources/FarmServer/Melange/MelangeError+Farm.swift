import FarmAPI
import FarmModel

extension MelangeError {
    /// Runs what stores a job; an error of the farm becomes the service's.
    static func creatingJob<T>(_ body: () throws(FarmError) -> T) throws(MelangeError) -> T {
        do throws(FarmError) { return try body() } catch { throw .creatingJob(error) }
    }

    /// Runs what stores a build; an error of the farm becomes the service's.
    static func creatingBuild<T>(_ body: () throws(FarmError) -> T) throws(MelangeError) -> T {
        do throws(FarmError) { return try body() } catch { throw .creatingBuild(error) }
    }
}
