import HostSystem
import PackageFiles
import Testing

/// A folder for one test, removed with it.
final class PackageFolder: Sendable {
    let path: String

    init() throws { path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "assembly-") }

    deinit { try? Files.removeTree(path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes a file, and the folders on the way to it.
    func file(_ name: String, _ content: [UInt8] = Array("content\n".utf8), mode: UInt32 = 0o644) throws {
        if let slash = name.lastIndex(of: "/") { try folder(String(name[..<slash])) }
        let file = try Files.open(self(name), [.write, .create, .exclusive])
        try file.writeAll(content)
        try Files.setPermissions(self(name), mode)
    }

    /// Makes a folder, and those on the way to it, with mode 0755.
    func folder(_ name: String, mode: UInt32 = 0o755) throws {
        var place = path
        for part in name.split(separator: "/") {
            place += "/\(part)"
            guard try Files.statusIfPresent(place) == nil else { continue }
            try Files.makeFolder(place)
            try Files.setPermissions(place, 0o755)
        }
        try Files.setPermissions(self(name), mode)
    }

    /// Makes a symbolic link.
    func link(_ name: String, _ target: String) throws {
        if let slash = name.lastIndex(of: "/") { try folder(String(name[..<slash])) }
        try Files.makeSymbolicLink(self(name), target: target)
    }

    /// The files beneath a folder of it.
    func tree(_ name: String) throws -> PackageTree { try PackageTree(reading: try Files.open(self(name), [.read, .folder])) }

    /// What a Python program, run in the folder, prints.
    func python(_ program: String) throws -> String {
        let result = try Subprocess.run(
            ["python3", "-c", program], environment: ["PATH=\(Environment.value("PATH") ?? "/usr/bin:/bin")", "HOME=\(path)"],
            workingDirectory: path, deadline: Clock.boottimeMilliseconds + 60_000)
        try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
        return String(decoding: result.output, as: UTF8.self)
    }
}
