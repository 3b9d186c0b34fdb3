internal import FarmModel
internal import Fetching
internal import HostSystem
internal import PackageFiles

/// An index of a repository that has been fetched, not read yet.
struct IndexHandle {
    /// What messages call it.
    let name: String
    let file: Descriptor
    /// Of the whole file.
    let digest: Digest

    /// Digests an open file.
    init(_ file: Descriptor, name: String) throws(EnvironmentFailure) {
        self.name = name
        self.file = file
        digest = try EnvironmentFailure.system { () throws(SystemError) in try FileDigest.of(file) }
    }

    /// Reads the index.
    /// - Parameter keys: One of them must have signed it; nil if it need not be signed.
    func read(keys: Keyring?) throws(EnvironmentFailure) -> IndexFile {
        try EnvironmentFailure.reading { () throws(FarmError) in try IndexFile(file, name: name, keys: keys) }
    }
}
