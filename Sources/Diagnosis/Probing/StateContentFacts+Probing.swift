import FarmModel
import FarmStore
import HostSystem

extension StateContentFacts {
    /// Reads what is there; nothing is made.
    static func probe(_ directory: StateDirectory) -> StateContentFacts {
        let key = (try? Files.statusIfPresent(directory.secretKey)) ?? nil
        let reserve = (try? Files.statusIfPresent(directory.reserve)) ?? nil
        return StateContentFacts(
            database: database(directory), key: key.map { Key(permissions: $0.permissions, size: $0.size) }, reserveBytes: reserve?.size)
    }

    private static func database(_ directory: StateDirectory) -> Database {
        do throws(FarmError) {
            let status = try FarmError.wrap { () throws(SystemError) in try Files.statusIfPresent(directory.database) }
            // A database that is just being made is an empty file.
            guard let status, status.size > 0 else { return .missing }
            return .readable(try DatabaseSurvey(of: directory))
        } catch {
            return .unreadable(error)
        }
    }

    /// When the newest event was.
    var newestEvent: Int64? {
        guard case .readable(let survey) = database else { return nil }
        return survey.newestEventMilliseconds
    }
}
