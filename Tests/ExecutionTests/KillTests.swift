import FarmModel
import Glibc
import HostSystem
import Testing

@testable import Execution

/// Nothing of an attempt outlives it.
@Suite struct KillTests {
    /// A number for sleep that no other test uses, to find the process by.
    private static func mark() -> String { "\(Int.random(in: 10_000_000...99_999_999))" }

    /// Without isolation and without control groups, what leaves its session can survive, as the manual says.
    private static let isolations = ControlGroups(name: "test-probe").layout.parents.isEmpty ? [.sandbox] : Isolation.allCases

    @Test(arguments: isolations)
    func aTreeThatIgnoresSIGTERM(_ isolation: Isolation) throws {
        let mark = Self.mark()
        let attempt = try TestAttempt(
            "trap '' TERM; (sleep \(mark)) & (setsid sleep \(mark)) & sleep \(mark); sleep \(mark)", isolation: isolation)
        attempt.request.plan.phases[0].timeoutMilliseconds = 300
        let slot = try ControlGroups(name: "test-\(mark)").makeSlot(0)
        attempt.request.controlGroups = slot
        #expect(try attempt.run().failure?.failure == .timeout)
        #expect(processes(with: mark).isEmpty)
        slot?.remove()
    }

    @Test func aTreeThatIgnoresSIGTERMWithoutControlGroups() throws {
        let mark = Self.mark()
        let attempt = try TestAttempt("trap '' TERM; (setsid sleep \(mark)) & sleep \(mark); sleep \(mark)")
        attempt.request.plan.phases[0].timeoutMilliseconds = 300
        #expect(try attempt.run().failure?.failure == .timeout)
        #expect(processes(with: mark).isEmpty)
    }

    @Test(arguments: isolations)
    func aDaemonThatKeepsTheOutputOpen(_ isolation: Isolation) throws {
        let mark = Self.mark()
        let attempt = try TestAttempt(
            "(setsid sh -c 'trap \"\" TERM HUP; sleep \(mark); sleep \(mark)' &) ; echo done", isolation: isolation)
        let slot = try ControlGroups(name: "test-\(mark)").makeSlot(0)
        attempt.request.controlGroups = slot
        #expect(try attempt.run().result == .success)
        #expect(try attempt.log == "done\n")
        #expect(processes(with: mark).isEmpty)
        slot?.remove()
    }

    @Test func theDeathOfTheRunnerIsTheDeathOfAll() async throws {
        let mark = Self.mark()
        await #expect(processExitsWith: .signal(SIGKILL)) { [mark = mark as String] in
            let attempt = try TestAttempt("(setsid sleep \(mark)) & echo up; sleep \(mark)", in: "/tmp/execution-\(mark)")
            let lock = try FileLock(path: "/tmp/execution-\(mark)/lock")
            _ = try lock.tryExclusive()
            attempt.request.heldLock = lock.descriptor
            _ = try TestThread.start { [log = attempt.folder + "/1.log"] in
                _ = eventually { (try? Files.readAll(log, limit: 100).isEmpty == false) == true && processes(with: mark).count > 1 }
                kill(getpid(), SIGKILL)
            }
            _ = try attempt.run()
        }
        let lock = try FileLock(path: "/tmp/execution-\(mark)/lock")
        #expect(try eventually { try lock.tryExclusive() })
        // The lock is free only after the sandbox's first process has ended, and it ends last.
        #expect(processes(with: "sleep\0\(mark)").isEmpty)
        #expect(eventually { processes(with: mark).isEmpty })
        try Files.removeTree("/tmp/execution-\(mark)")
    }

    @Test func theDeathOfTheSandboxIsReportedAsSuch() throws {
        let mark = Self.mark()
        let attempt = try TestAttempt("echo up; sleep \(mark)")
        let thread = Box<TestThread>()
        let outcome = try attempt.run { started in
            thread.value = try? TestThread.start { [log = attempt.folder + "/1.log"] in
                _ = eventually { (try? Files.readAll(log, limit: 100).isEmpty == false) == true }
                _ = try? started.identity.kill(.kill)
            }
        }
        thread.value?.join()
        #expect(outcome.failure?.failure == .infrastructure)
        #expect(processes(with: mark).isEmpty)
    }

    @Test func noDescriptorIsLeftBehind() throws {
        let attempt = try TestAttempt("true")
        _ = try attempt.run()
        let before = try Files.entries(of: "/proc/self/fd").count
        for _ in 0..<300 { #expect(try attempt.run().result == .success) }
        // Other tests run at the same time, and hold a few.
        #expect(try Files.entries(of: "/proc/self/fd").count < before + 100)
    }
}

final class Box<Value> {
    var value: Value?
}

/// A thread of the test's own.
final class TestThread {
    private var thread = pthread_t()

    static func start(_ body: @escaping @Sendable () -> Void) throws -> TestThread { TestThread(body) }

    private init(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(body))
        pthread_create(
            &thread, nil,
            { argument in
                argument.map { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
    }

    func join() { pthread_join(thread, nil) }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
