internal import FarmModel
internal import HostSystem

/// The folder of one architecture in a repository.
struct RepositoryFolder {
    /// Its path.
    let path: String

    /// The folder of an architecture.
    init(_ repository: String, _ architecture: String) { path = "\(repository)/\(architecture)" }

    /// Makes a file, which gets its name once it is whole. All may read it, whatever the umask.
    func write<Value>(_ name: String, _ body: (Descriptor) throws(FarmError) -> Value) throws(FarmError) -> Value {
        let temporary = "\(path)/.\(name).\(RandomBytes.hexadecimal(4))"
        do throws(FarmError) {
            let file = try Self.writing { () throws(SystemError) in
                try Files.makeFolders(path, mode: 0o755)
                return try Files.open(temporary, [.write, .create, .exclusive, .noFollow])
            }
            let value = try body(file)
            try Self.writing { () throws(SystemError) in
                try file.setPermissions(0o644)
                try Files.rename(temporary, to: "\(path)/\(name)")
            }
            return value
        } catch {
            try? Files.removeFile(temporary)
            throw error
        }
    }

    /// Makes a file of some bytes.
    func write(_ name: String, _ bytes: [UInt8]) throws(FarmError) {
        try write(name) { file throws(FarmError) in try Self.writing { () throws(SystemError) in try file.writeAll(bytes) } }
    }

    private static func writing<Value>(_ body: () throws(SystemError) -> Value) throws(FarmError) -> Value {
        do throws(SystemError) { return try body() } catch {
            throw FarmError(.inputOutput, "the repository cannot be written: \(error.message)")
        }
    }
}
