import Glibc
import TestSupport

/// Makes things in a folder that no ordinary build leaves behind.
struct HostileFolder {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func link(_ name: String, to target: String) { expectSuccess(symlink(target, folder(name)), "link \(name)") }

    func makeFolder(_ name: String, mode: mode_t = 0o755) {
        expectSuccess(mkdir(folder(name), 0o755), "folder \(name)")
        expectSuccess(chmod(folder(name), mode), "mode of \(name)")
    }

    func file(_ name: String, mode: UInt32 = 0o644) throws { try folder.write("content of \(name)", to: name, mode: mode) }

    /// A named pipe (S_IFIFO), socket (S_IFSOCK) or device (S_IFCHR, S_IFBLK).
    func special(_ name: String, type: mode_t, device: dev_t = 0) {
        expectSuccess(mknod(folder(name), type | 0o600, device), "node \(name)")
    }

    func file(bytes: [UInt8]) {
        let path = (Array((folder.path + "/").utf8) + bytes + [0]).map { CChar(bitPattern: $0) }
        let descriptor = Glibc.open(path, O_CREAT | O_WRONLY, 0o644)
        precondition(descriptor >= 0, "cannot make the file")
        close(descriptor)
    }

    /// Folders within each other.
    func nest(_ depth: Int) {
        var path = folder.path
        for _ in 0..<depth {
            path += "/d"
            expectSuccess(mkdir(path, 0o755), "nested folder")
        }
    }

    private func expectSuccess(_ code: Int32, _ what: String) {
        precondition(code == 0, "cannot make \(what): \(String(cString: strerror(errno)))")
    }
}
