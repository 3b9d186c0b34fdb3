import FarmModel
import HostSystem

/// The folders of logs, by build.
struct LogFolders {
    let store: Store

    /// The builds that have a folder.
    var builds: [BuildID] {
        ((try? Files.entries(of: store.directory.path + "/logs")) ?? []).compactMap { entry in entry.name.flatMap { BuildID($0) } }
    }

    /// How much the logs of a build take.
    func bytes(of build: BuildID) -> Int64 { FolderSize.bytes(store.directory.logs(build)) }

    /// True if there is a folder.
    func has(_ build: BuildID) -> Bool { ((try? Files.statusIfPresent(store.directory.logs(build))) ?? nil) != nil }

    /// Why a folder should not be there.
    enum Fault: Sendable {
        /// There is no such build.
        case noBuild
        /// The logs are noted as gone, and whoever removed them was stopped.
        case removed
    }

    /// What is wrong with a folder, if anything is.
    func fault(of build: BuildID) throws(FarmError) -> Fault? {
        try store.read { database throws(FarmError) in
            if try database.first("SELECT 1 FROM removals WHERE kind = 'build' AND id = ?", build, map: { _ in true }) == true {
                return nil
            }
            let isRemoved = try database.first("SELECT logs_removed_ms IS NOT NULL FROM builds WHERE id = ?", build) { $0.flag(0) }
            guard let isRemoved else { return .noBuild }
            return isRemoved ? .removed : nil
        }
    }
}
