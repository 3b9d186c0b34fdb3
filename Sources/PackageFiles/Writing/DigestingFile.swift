internal import FarmModel
internal import HostSystem

/// A nameless file that knows the digest of what was written to it.
final class DigestingFile {
    private let folder: String
    private let file: Descriptor
    private var hasher = DigestHasher()

    /// Makes it on the file system of a folder.
    /// - Throws: `cannotCreate`
    init(in folder: String) throws(FarmError) {
        self.folder = folder
        let path = "\(folder)/.data-\(RandomBytes.hexadecimal(8))"
        do throws(SystemError) {
            file = try Files.open(path, [.read, .write, .create, .exclusive, .noFollow], mode: 0o600)
            try Files.removeFile(path)
        } catch {
            throw FarmError(.cannotCreate, error.message)
        }
    }

    /// The digest of all so far.
    var digest: Digest { hasher.finish() }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws(FarmError) {
        bytes.withUnsafeBytes { hasher.update($0) }
        do { try file.writeAll(bytes) } catch { throw failure(error) }
    }

    /// Copies all to another file.
    /// - Returns: the number of bytes.
    func copy(to destination: Descriptor) throws(FarmError) -> Int64 {
        do throws(SystemError) {
            try file.seek(to: 0)
            return try Files.copy(from: file, to: destination)
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: SystemError) -> FarmError {
        FarmError(.inputOutput, "a package cannot be written in \(folder): \(error.message)")
    }
}
