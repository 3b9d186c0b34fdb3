import Archives
import Execution
import FarmModel
import FarmStore
import HostSystem

/// The root file system that a document names: a folder as it is, or a tar archive unpacked once below `cache/roots`.
struct RootFolder {
    /// What a job gets.
    struct Prepared {
        var path: String
        /// For the input digest.
        var digest: String
        /// Keeps gc from the unpacked archive.
        var lock: FileLock?
    }

    let path: String
    let store: Store
    let stop: StopRequest
    let deadline: Int64

    func prepare() throws(AttemptFailure) -> Prepared {
        do throws(SystemError) {
            let status = try Files.status(path, following: true)
            if status.type == .folder { return Prepared(path: path, digest: "folder:" + (try fingerprint()).hex, lock: nil) }
            guard status.type == .regular else { throw SystemError(code: 22, attempt: "use as a root", path: path) }
        } catch {
            throw AttemptFailure(.badInput, "environment.root: \(error)")
        }
        return try unpacked()
    }

    /// Names, sizes and times of all entries: reading every byte of a root for each job would take longer than most jobs.
    private func fingerprint() throws(SystemError) -> Digest {
        var hasher = DigestHasher()
        var open = [""]
        while let folder = open.popLast() {
            let descriptor = try Files.open(path + folder, [.read, .folder])
            for entry in try descriptor.entries() {
                guard let name = entry.name else { continue }
                let status = try Files.status(name, in: descriptor)
                let line = "\(folder)/\(name)\0\(status.permissions) \(status.size) \(status.modifiedNanoseconds) \(status.inode)\n"
                Array(line.utf8).withUnsafeBytes { hasher.update($0) }
                if status.type == .folder { open.append(folder + "/" + name) }
            }
        }
        return hasher.finish()
    }

    private func unpacked() throws(AttemptFailure) -> Prepared {
        let digest = try AttemptFailure.system { () throws(SystemError) in try archiveDigest() }
        let target = "\(store.directory.cache)/roots/\(digest.hex)"
        let lock = try SharedFolder.obtain(target, failure: { AttemptFailure(.infrastructure, $0.message) }) {
            temporary throws(AttemptFailure) in try unpack(into: temporary)
        }
        return Prepared(path: target, digest: "tar:" + digest.hex, lock: lock)
    }

    private func unpack(into temporary: String) throws(AttemptFailure) {
        let (archive, folder) = try AttemptFailure.system { () throws(SystemError) in
            (try Files.open(path), try Files.open(temporary, [.read, .folder]))
        }
        do throws(UnpackFailure) {
            // Roots are full of absolute links; they are followed only inside the sandbox, where they lead into the root.
            _ = try Unpacker(allowsLinksOut: true, deadline: deadline, stop: stop.descriptor).unpack(archive, into: folder)
        } catch {
            throw AttemptFailure(error.failureClass ?? .infrastructure, "environment.root: \(error.message)")
        }
    }

    private func archiveDigest() throws(SystemError) -> Digest {
        var hasher = DigestHasher()
        let file = try Files.open(path)
        while let bytes = try file.read(atMost: 1 << 20), !bytes.isEmpty { bytes.withUnsafeBytes { hasher.update($0) } }
        return hasher.finish()
    }
}
