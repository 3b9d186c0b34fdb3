import Glibc
import HostSystem
import Synchronization
import Testing

@Suite struct FileLockTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func open() throws -> FileLock { try FileLock(path: folder("lock")) }

    @Test func exclusionHoldsWithinAProcess() throws {
        let (first, second) = (try open(), try open())
        #expect(try first.tryExclusive())
        #expect(try !second.tryExclusive())
        #expect(try !second.tryShared())
        try first.unlock()
        #expect(try second.tryShared())
        #expect(try first.tryShared())
        #expect(try !first.tryExclusive())
        #expect(try Files.status(folder("lock")).permissions == 0o600)
    }

    @Test func closingGivesTheLockBack() throws {
        let first = try open()
        #expect(try first.tryExclusive())
        first.descriptor.close()
        #expect(try open().tryExclusive())
    }

    @Test func aSymbolicLinkIsRefused() throws {
        try Files.makeSymbolicLink(folder("link"), target: folder("elsewhere"))
        #expect(throws: SystemError(code: ELOOP, attempt: "open", path: folder("link"))) { try FileLock(path: folder("link")) }
    }

    @Test func aChildHoldsTheLockOn() throws {
        let lock = try open()
        #expect(try lock.tryExclusive())
        var request = SpawnRequest(["/bin/sleep", "1000"], environment: [])
        request.passed = [.init(lock.descriptor, as: 3)]
        let child = try ProcessSpawner.spawn(request)
        lock.descriptor.close()
        let other = try open()
        #expect(try !other.tryExclusive())
        try child.signal(.kill)
        _ = try child.wait()
        #expect(try other.tryExclusive())
    }

    @Test func waitersAreToldAndServed() throws {
        let (holder, waiter) = (try open(), try open())
        #expect(try holder.tryExclusive())
        try holder.writeHolder(.current(command: "test\nwith a line"))
        var seen: [LockHolder?] = []
        try waiter.lock(.exclusive, noticeAfter: .milliseconds(30), timeout: .seconds(60)) {
            seen.append(try? waiter.readHolder())
            try? holder.unlock()
        }
        #expect(seen == [.current(command: "test?with a line")])
        #expect(seen.first??.identifier == getpid())
        #expect(try !holder.tryShared())
    }

    @Test func theTimeEndsTheWaitAlsoWithSignalsBlocked() throws {
        let (holder, waiter) = (try open(), try open())
        #expect(try holder.tryShared())
        #expect(throws: SystemError(code: ETIMEDOUT, attempt: "lock", path: folder("lock"))) {
            try SignalMask.blocked(SignalSet(rawValue: .max)) { try waiter.lock(.exclusive, timeout: .milliseconds(50)) }
        }
        try waiter.lock(.shared, timeout: .zero)
    }

    /// A waiter sleeps in the kernel's queue: it is listed there, and the end of the holder alone wakes it.
    @Test func waitersQueueInTheKernel() throws {
        let (holder, waiter) = (try open(), try open())
        #expect(try holder.tryExclusive())
        let inode = try Files.status(folder("lock")).inode
        let thread = TestThread {
            #expect(throws: Never.self) { try waiter.lock(.exclusive, timeout: .seconds(60)) }
        }
        let isQueued = try eventually {
            let locks = String(decoding: try Files.readAll("/proc/locks", limit: 1 << 20), as: UTF8.self)
            return locks.split(separator: "\n").contains { $0.contains("->") && $0.contains(":\(inode) ") }
        }
        #expect(isQueued)
        try holder.unlock()
        thread.join()
        #expect(try !holder.tryShared())
    }

    @Test func manyWritersLoseNothing() throws {
        let counter = try folder.write("0", to: "counter")
        let path = folder("lock")
        let threads = (0..<6).map { _ in
            TestThread {
                #expect(throws: Never.self) {
                    let lock = try FileLock(path: path)
                    for _ in 0..<50 {
                        try lock.lock(.exclusive, noticeAfter: .milliseconds(1), timeout: .seconds(60))
                        let text = String(decoding: try Files.readAll(counter, limit: 100), as: UTF8.self)
                        try Files.open(counter, [.write, .truncate]).writeAll(Array("\((Int(text) ?? 0) + 1)".utf8))
                        try lock.unlock()
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(try folder.text(of: "counter") == "300")
    }

    @Test func holdersAreReadAsWritten() throws {
        let lock = try open()
        #expect(try lock.readHolder() == nil)
        let long = LockHolder(identifier: 1, startTime: 2, command: String(repeating: "é", count: 500))
        #expect(long.command.utf8.count == LockHolder.commandLimit)
        try lock.writeHolder(long)
        #expect(try lock.readHolder() == long)
        try lock.writeHolder(LockHolder(identifier: 3, startTime: 4, command: ""))
        #expect(try folder.text(of: "lock") == "3 4 \n")
    }

    @Test(arguments: ["", "\n", "x 1 y", "0 1 y", "-4 1 y", "1", "1 2", "99999999999 1 y", "1 -1 y", "\u{0}"])
    func whatIsNoHolderIsNone(text: String) {
        #expect(LockHolder(parsing: text) == nil)
    }

    /// A lock lives on in a process that was given its descriptor; whoever only has the file open is left alone.
    @Test func theInheritorsOfALockAreFound() throws {
        let script = """
            exec 9<>"$1"
            python3 -c 'import fcntl, os; fcntl.flock(9, fcntl.LOCK_EX); print(os.getpid())'
            sleep 60 >/dev/null 2>&1 & echo $!
            exec 9<"$1"
            sleep 60 >/dev/null 2>&1 & echo $!
            """
        let numbers = try shell(script, arguments: [folder("lock")]).output.split(separator: "\n").compactMap { Int32($0) }
        try #require(numbers.count == 3)
        defer { for number in numbers.dropFirst() { kill(number, SIGKILL) } }
        let found = try LockInheritors.processes(holding: folder("lock"), takenBy: numbers[0])
        #expect(found.map(\.identifier) == [numbers[1]])
        #expect(try LockInheritors.processes(holding: folder("lock"), takenBy: getpid()).isEmpty)
        #expect(try !open().tryExclusive())
        for process in found { try process.kill(.kill) }
        #expect(try eventually { try open().tryExclusive() })
    }
}
