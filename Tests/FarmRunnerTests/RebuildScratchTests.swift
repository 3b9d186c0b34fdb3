import Execution
import FarmModel
import FarmStore
import HostSystem
import Testing

@testable import FarmRunner

@Suite struct RebuildScratchTests {
    private func withStore(_ body: (Store) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "scratch-")
        defer { try? Files.removeTree(folder) }
        try body(try Store.open(StateDirectory(path: folder + "/state"), command: "test") { _ in })
    }

    @Test func itIsAliveAsLongAsItsLockIsHeld() throws {
        try withStore { store in
            let scratch = try RebuildScratch(store.directory)
            #expect(RebuildScratch.isAlive(scratch.id, in: store.directory))
            let workspace = try scratch.makeWorkspace("run")
            #expect(try Files.status(workspace.build).type == .folder)
            try scratch.lock.unlock()
            #expect(!RebuildScratch.isAlive(scratch.id, in: store.directory))
            scratch.remove()
            #expect(try Files.statusIfPresent(scratch.path) == nil)
            #expect(!RebuildScratch.isAlive(scratch.id, in: store.directory))
        }
    }

    @Test func severalAtOnceHaveTheirOwn() throws {
        try withStore { store in
            let all = try (0..<20).map { _ in try RebuildScratch(store.directory) }
            #expect(Set(all.map(\.id)).count == 20)
            for scratch in all { #expect(try !store.isRunning(scratch.id)) }
        }
    }
}
