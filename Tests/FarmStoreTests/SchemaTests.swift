import FarmModel
import HostSystem
import TestSupport
import Testing

@testable import FarmStore

@Suite struct SchemaTests {
    private let folder: TemporaryFolder
    private let directory: StateDirectory

    init() throws {
        folder = try TemporaryFolder()
        directory = StateDirectory(path: folder("state"))
    }

    private func open() throws(FarmError) -> Store { try Store.open(directory, command: "test") { _ in } }

    private func content(_ path: String) throws -> Digest { Digest.of(try Files.readAll(path, limit: 64 << 20)) }

    @Test func aNewerSchemaIsLeftAlone() throws {
        try Store.open(directory, command: "test") { _ in }.submitNew(.independent(1))
        try Connection(path: directory.database, creates: false).execute("PRAGMA user_version = \(Schema.version + 1)")
        let before = (try content(directory.database), try content(directory.writeAheadLog))
        let error = failure { () throws(FarmError) in _ = try open() }
        #expect(error?.status == .configuration)
        #expect(error?.message.contains("newer") == true)
        #expect(try (content(directory.database), content(directory.writeAheadLog)) == before)
    }

    @Test func anOpenStoreWritesNothingOnceTheSchemaIsNewer() throws {
        let store = try open()
        try Connection(path: directory.database, creates: false).execute("PRAGMA user_version = \(Schema.version + 1)")
        #expect(failure { () throws(FarmError) in _ = try store.submit(.independent(1)) }?.status == .configuration)
        #expect(try store.recentBuilds(finished: 10).isEmpty)
    }

    @Test func aDatabaseOfAnotherProgramIsLeftAlone() throws {
        try Files.makeFolders(directory.path)
        let foreign = try Connection(path: directory.database, creates: true)
        try foreign.execute("CREATE TABLE songs(title TEXT); INSERT INTO songs VALUES('x')")
        let before = try content(directory.database)
        let error = failure { () throws(FarmError) in _ = try open() }
        #expect(error?.status == .configuration)
        #expect(try content(directory.database) == before)
    }

    @Test func aDatabaseOfAnotherProgramWithAVersionIsLeftAlone() throws {
        try Files.makeFolders(directory.path)
        try Connection(path: directory.database, creates: true).execute("CREATE TABLE songs(title TEXT); PRAGMA user_version = 1")
        let before = try content(directory.database)
        #expect(failure { () throws(FarmError) in _ = try open() }?.status == .configuration)
        #expect(try content(directory.database) == before)
    }

    @Test func aFileThatIsNoDatabaseIsLeftAlone() throws {
        try folder.write(String(repeating: "not a database ", count: 500), to: "state/farm.sqlite")
        let before = try content(directory.database)
        #expect(failure { () throws(FarmError) in _ = try open() }?.status == .configuration)
        #expect(try content(directory.database) == before)
    }

    @Test func everythingIsPrivate() throws {
        try open().submitNew(.independent(1))
        #expect(try Files.status(directory.path).permissions == 0o700)
        for entry in try Files.entries(of: directory.path) {
            let name = try #require(entry.name)
            #expect(try Files.status(directory.path + "/" + name).permissions & 0o077 == 0, "\(name)")
        }
    }

    @Test func theDatabaseIsPrivateInAnOpenFolderToo() throws {
        try Files.makeFolder(directory.path, mode: 0o755)
        try open().submitNew(.independent(1))
        for path in [directory.database, directory.writeAheadLog, directory.database + "-shm"] {
            #expect(try Files.status(path).permissions == 0o600, "\(path)")
        }
    }

    @Test func manyMayMakeItAtOnce() throws {
        for round in 0..<15 {
            let directory = StateDirectory(path: folder("state-\(round)"))
            let builds = try concurrently(8) { _ in
                try Store.open(directory, command: "test") { _ in }.submitNew(.independent(1)).id
            }
            #expect(Set(builds).count == 8)
            #expect(try Store.open(directory, command: "test") { _ in }.recentBuilds(finished: 10).count == 8)
        }
    }

    @Test func aHalfMadeDirectoryIsFinished() throws {
        try Files.makeFolders(directory.path)
        _ = try Files.open(directory.database, [.write, .create])
        try open().submitNew(.independent(1))
        #expect(try open().recentBuilds(finished: 10).count == 1)
    }

    @Test func readersDoNotMakeAStateDirectory() throws {
        #expect(try Store.openExisting(directory, command: "test") { _ in } == nil)
        #expect(try Files.statusIfPresent(directory.path) == nil)
    }

    @Test func aLocalFileSystemIsAccepted() throws {
        #expect(try FileSystem(at: folder.path).isNetwork == false)
    }
}

extension Optional where Wrapped == Store {
    fileprivate static func == (left: Store?, right: Store?) -> Bool { left === right }
}
