import HostSystem
import Synchronization

/// The file of a workspace that tells what its attempt runs, open from the first record on: phase after phase, and attempt after attempt.
final class AttemptProcessFile: Sendable {
    private struct Open {
        var file: Descriptor
        var size: Int
    }

    private let open = Mutex<Open?>(nil)

    /// Records a process in place of what was recorded. A torn file tells nothing, and then the attempt's lock has to do.
    /// - Parameter path: where the file is now; what it is opened by the first time.
    func record(_ process: AttemptProcess, at path: String) throws(SystemError) {
        let bytes = Array(process.text.utf8)
        try open.withLock { (open) throws(SystemError) in
            let (file, size) =
                if let open { (open.file, open.size) } else { (try Files.open(path, [.write, .create, .noFollow], mode: 0o600), Int.max) }
            try file.writeAll(bytes, at: 0)
            if size > bytes.count { try file.truncate(to: Int64(bytes.count)) }
            open = Open(file: file, size: bytes.count)
        }
    }

    /// Makes the file, if anything was recorded, tell nothing. It is not emptied: file systems (ext4) write files to the disk at once that
    /// were.
    func forget() throws(SystemError) {
        guard let file = open.withLock({ $0?.file }) else { return }
        try file.writeAll([UInt8(ascii: "\n")], at: 0)
    }
}
