import Glibc

/// A file in memory that is written anew for each input.
struct ScratchFile {
    let path: String

    init(_ name: String, in folder: String = Self.folder) { path = "\(folder)/\(name)" }

    /// One folder for a process, in memory; it goes with the machine.
    static let folder: String = {
        let folder = "/dev/shm/bf-fuzz-\(getpid())"
        mkdir(folder, 0o700)
        return folder
    }()

    func write(_ bytes: some Collection<UInt8>) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let bytes = Array(bytes)
        expect(file >= 0 && Glibc.write(file, bytes, bytes.count) == bytes.count, "no room in \(path)")
        close(file)
    }

    func remove() { unlink(path) }
}
