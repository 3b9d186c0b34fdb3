import Glibc
import HostSystem
import Testing

@Suite struct ParentDeathTests {
    @Test func theChildDiesWithTheProcess() async throws {
        let folder = try TestFolder()
        let record = folder("pid")
        await #expect(processExitsWith: .signal(SIGKILL)) { [record = record as String] in
            var request = SpawnRequest(["/bin/sleep", "1000"], environment: [])
            request.diesWithParent = true
            let child = try SpawnThread.shared.spawn(request)
            try Files.writeAtomically(Array("\(child.identifier)".utf8), to: record)
            kill(getpid(), SIGKILL)
        }
        let identifier = try #require(Int32(try folder.text(of: "pid")))
        #expect(eventually { ProcessIdentity(of: identifier)?.isAlive != true })
    }

    @Test func withoutTheOptionTheChildSurvives() async throws {
        let folder = try TestFolder()
        let record = folder("pid")
        await #expect(processExitsWith: .signal(SIGKILL)) { [record = record as String] in
            let child = try SpawnThread.shared.spawn(SpawnRequest(["/bin/sleep", "1000"], environment: []))
            try Files.writeAtomically(Array("\(child.identifier)".utf8), to: record)
            kill(getpid(), SIGKILL)
        }
        let identifier = try #require(Int32(try folder.text(of: "pid")))
        let child = try #require(ProcessIdentity(of: identifier))
        #expect(child.isAlive)
        try child.kill(.kill)
    }

    /// The signal belongs to the thread: what `ProcessSpawner` starts dies with the caller's thread, what `SpawnThread` starts does not.
    @Test func theSpawnThreadOutlivesItsCallers() throws {
        let folder = try TestFolder()
        let marks = [folder("own"), folder("shared")]
        let thread = TestThread {
            var request = SpawnRequest(["/bin/sleep", "1000"], environment: [])
            request.diesWithParent = true
            for (mark, child) in zip(marks, [try? ProcessSpawner.spawn(request), try? SpawnThread.shared.spawn(request)]) {
                try? Files.writeAtomically(Array("\(child?.identifier ?? 0)".utf8), to: mark)
            }
        }
        thread.join()
        let own = try #require(Int32(try folder.text(of: "own")))
        let sharedIdentifier = try #require(Int32(try folder.text(of: "shared")))
        let shared = try #require(ProcessIdentity(of: sharedIdentifier))
        #expect(eventually { ProcessIdentity(of: own)?.isAlive != true })
        #expect(shared.isAlive)
        try shared.kill(.kill)
        for identifier in [own, shared.identifier] { waitpid(identifier, nil, 0) }
    }
}
