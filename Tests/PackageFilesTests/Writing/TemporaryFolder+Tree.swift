import PackageFiles
import TestSupport

extension TemporaryFolder {
    /// The files beneath a folder of it.
    func tree(_ name: String) throws -> PackageTree { try PackageTree(reading: try open(name)) }
}
