import EngineClient
import HostSystem
import Testing

@testable import RemoteExecution

@Suite struct FolderArchiveTests {
    private let folder: String

    init() throws { folder = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "archive-") }

    private func archive(_ members: [FolderArchive.Member]) throws -> [UInt8] {
        var archive = FolderArchive(members, owner: 1_000)
        var bytes: [UInt8] = []
        while let piece = try archive.next() { bytes += piece }
        return bytes
    }

    /// What tar makes of it: mode, owner, name.
    private func listing(_ bytes: [UInt8]) throws -> [String] {
        let file = "\(folder)/archive.tar"
        try Files.writeAtomically(bytes, to: file, mode: 0o600)
        let result = try Subprocess.run(
            ["tar", "--numeric-owner", "--full-time", "-tvf", file], environment: ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"],
            deadline: Clock.boottimeMilliseconds + 60_000)
        try #require(result.isSuccess)
        return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }.sorted()
    }

    @Test func everythingOfAFolderIsInIt() throws {
        defer { try? Files.removeTree(folder) }
        let tree = "\(folder)/tree"
        try Files.makeFolders("\(tree)/inner/empty", mode: 0o755)
        try Files.writeAtomically([UInt8](repeating: 7, count: 600_000), to: "\(tree)/inner/file", mode: 0o750)
        try Files.makeSymbolicLink("\(tree)/link", target: "inner/file")
        try Files.makeFolder("\(tree)/left out", mode: 0o755)
        for path in ["inner/empty", "inner/file", "inner", "link"] { try Files.setTimes("\(tree)/\(path)", seconds: 315_532_800) }
        let bytes = try archive([.folder("build", mode: 0o700), .content(of: tree, below: "build", without: ["left out"])])
        #expect(bytes.count % 512 == 0)
        #expect(
            try listing(bytes) == [
                "-rwxr-x--- 1000/1000 600000 1980-01-01 00:00:00 build/inner/file",
                "drwx------ 1000/1000 0 1970-01-01 00:00:00 build/",
                "drwxr-xr-x 1000/1000 0 1980-01-01 00:00:00 build/inner/",
                "drwxr-xr-x 1000/1000 0 1980-01-01 00:00:00 build/inner/empty/",
                "lrwxrwxrwx 1000/1000 0 1980-01-01 00:00:00 build/link -> inner/file",
            ])
    }

    @Test func whatCannotBeSentIsAnError() throws {
        defer { try? Files.removeTree(folder) }
        let result = try Subprocess.run(
            ["mkfifo", "\(folder)/pipe"], environment: ["PATH=/usr/bin:/bin"], deadline: Clock.boottimeMilliseconds + 60_000)
        try #require(result.isSuccess)
        #expect(throws: LocalProblem.self) { try archive([.content(of: folder, below: "")]) }
    }
}
