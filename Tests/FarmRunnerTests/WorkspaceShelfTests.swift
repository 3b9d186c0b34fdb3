import Execution
import FarmModel
import FarmStore
import HostSystem
import Testing

@testable import FarmRunner

/// Workspaces that go from one attempt to the next.
@Suite struct WorkspaceShelfTests {
    private let shelf = WorkspaceShelf()
    private let process: AttemptProcess

    init() throws {
        let own = ProcessIdentity.current
        process = try #require(
            AttemptProcess(parsing: "\(own.identifier) \(own.startTime) \(own.bootIdentifier)\n/no/group\n/no/other\n"))
    }

    private func withDirectory(_ body: (StateDirectory) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "shelf-")
        defer { try? Files.removeTree(folder) }
        let directory = StateDirectory(path: folder)
        try Files.makeFolders(folder + "/work")
        try body(directory)
    }

    private func isFree(_ attempt: AttemptID, in directory: StateDirectory) throws -> Bool {
        try FileLock(path: directory.attemptLock(attempt)).tryExclusive()
    }

    private func recorded(_ attempt: AttemptID, in directory: StateDirectory) -> AttemptProcess? {
        AttemptProcess(file: directory.attemptProcess(attempt))
    }

    /// Runs nothing, but leaves what an attempt leaves.
    private func leave(_ attempt: AttemptID, in directory: StateDirectory, _ change: (Workspace) throws -> Void = { _ in }) throws {
        let (workspace, lock) = try shelf.obtain(for: attempt, in: directory)
        let file = shelf.processFile(of: attempt)
        try file.record(process, at: directory.attemptProcess(attempt))
        try change(workspace)
        shelf.put(attempt, in: directory)
        withExtendedLifetime((lock, file)) {}
    }

    @Test func anEmptiedWorkspaceIsTakenOver() throws {
        try withDirectory { directory in
            let (first, second) = (AttemptID(.random(in: 1...(1 << 50))), AttemptID(.random(in: 1...(1 << 50))))
            var inode: UInt64 = 0
            try leave(first, in: directory) { workspace in
                try Files.makeFolders(workspace.out + "/left/behind")
                inode = try Files.status(workspace.build).inode
            }
            let (workspace, lock) = try shelf.obtain(for: second, in: directory)
            #expect(try Files.status(workspace.build).inode == inode)
            #expect(workspace.path == directory.work(second) && lock.isCurrent)
            #expect(try Files.entries(of: workspace.out).isEmpty)
            #expect(try Files.statusIfPresent(directory.work(first)) == nil)
        }
    }

    @Test func itsLockIsHeldAllTheTime() throws {
        try withDirectory { directory in
            let (first, second) = (AttemptID(.random(in: 1...(1 << 50))), AttemptID(.random(in: 1...(1 << 50))))
            try leave(first, in: directory)
            #expect(try !isFree(first, in: directory))
            do {
                let taken = try shelf.obtain(for: second, in: directory)
                #expect(try !isFree(second, in: directory))
                withExtendedLifetime(taken) {}
            }
            #expect(try isFree(second, in: directory))
        }
    }

    @Test func whatTheFormerAttemptRanIsNeverReadAsTheNextOnes() throws {
        try withDirectory { directory in
            let attempts = (0..<3).map { _ in AttemptID(.random(in: 1...(1 << 50))) }
            try leave(attempts[0], in: directory)
            #expect(recorded(attempts[0], in: directory) == nil)
            let (_, lock) = try shelf.obtain(for: attempts[1], in: directory)
            let file = shelf.processFile(of: attempts[1])
            #expect(recorded(attempts[1], in: directory) == nil)
            var shorter = process
            shorter.controlGroups = ["/x"]
            for process in [process, shorter, process, shorter] {
                try file.record(process, at: directory.attemptProcess(attempts[1]))
                #expect(recorded(attempts[1], in: directory) == process)
            }
            shelf.put(attempts[1], in: directory)
            #expect(recorded(attempts[1], in: directory) == nil)
            let next = try shelf.obtain(for: attempts[2], in: directory)
            try shelf.processFile(of: attempts[2]).record(process, at: directory.attemptProcess(attempts[2]))
            #expect(recorded(attempts[2], in: directory) == process)
            withExtendedLifetime((lock, next)) {}
        }
    }

    @Test func aForgottenProcessIsNone() {
        let text = process.text
        #expect(AttemptProcess(parsing: text) == process)
        #expect(AttemptProcess(parsing: "\n" + text.dropFirst()) == nil)
        #expect(AttemptProcess(parsing: "\n") == nil && AttemptProcess(parsing: "") == nil)
    }

    /// A process that was given the attempt's lock and lives on has the workspace to itself.
    @Test func whatStillHoldsTheLockKeepsItFromTheNext() throws {
        try withDirectory { directory in
            let (first, second) = (AttemptID(.random(in: 1...(1 << 50))), AttemptID(.random(in: 1...(1 << 50))))
            var request = SpawnRequest(["/bin/sleep", "1000"], environment: [])
            var child: ChildProcess?
            do {
                let (_, lock) = try shelf.obtain(for: first, in: directory)
                request.passed = [.init(lock.descriptor, as: 3)]
                child = try SpawnThread.shared.spawn(request)
                let file = shelf.processFile(of: first)
                try file.record(process, at: directory.attemptProcess(first))
                shelf.put(first, in: directory)
                withExtendedLifetime((lock, file)) {}
            }
            let taken = try shelf.obtain(for: second, in: directory)
            #expect(try Files.status(directory.attemptLock(second)).links == 1)
            #expect(try Files.statusIfPresent(directory.attemptProcess(second)) == nil)
            try child?.signal(.kill)
            #expect(try child?.wait().ending == .signalled(.kill))
            withExtendedLifetime(taken) {}
        }
    }

    /// An idle runner holds nothing of an attempt.
    @Test func whatIsNotPutBackIsClosed() throws {
        try withDirectory { directory in
            let attempt = AttemptID(.random(in: 1...(1 << 50)))
            weak var file: AttemptProcessFile?
            do {
                let (_, lock) = try shelf.obtain(for: attempt, in: directory)
                let given = shelf.processFile(of: attempt)
                try given.record(process, at: directory.attemptProcess(attempt))
                file = given
                #expect(shelf.processFile(of: attempt) === given)
                withExtendedLifetime((lock, given)) {}
            }
            #expect(file == nil)
            #expect(try isFree(attempt, in: directory))
        }
    }

    @Test func whatIsNotCompleteIsNotKept() throws {
        try withDirectory { directory in
            let changes: [(Workspace) throws -> Void] = [
                { try Files.setPermissions($0.out, 0o777) }, { try Files.removeFolder($0.home) },
                { try Files.removeFile($0.path + "/lock") }, { try Files.removeFile($0.path + "/process") },
            ]
            for (index, change) in changes.enumerated() {
                let (first, second) = (AttemptID(.random(in: 1...(1 << 50))), AttemptID(.random(in: 1...(1 << 50))))
                try leave(first, in: directory, change)
                let (workspace, lock) = try shelf.obtain(for: second, in: directory)
                #expect(try Files.status(workspace.out).permissions == 0o755, "\(index)")
                #expect(try Files.status(workspace.home).type == .folder && lock.isCurrent, "\(index)")
                try shelf.processFile(of: second).record(process, at: directory.attemptProcess(second))
                #expect(recorded(second, in: directory) == process, "\(index)")
                #expect(try Files.statusIfPresent(directory.work(first)) == nil, "\(index)")
            }
        }
    }
}
