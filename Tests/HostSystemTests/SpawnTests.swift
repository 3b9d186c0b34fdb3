import Glibc
import HostSystem
import Testing

@Suite struct SpawnTests {
    @Test(arguments: [0, 1, 42, 255])
    func exitCode(code: Int32) throws {
        #expect(try shell("exit \(code)").exit.ending == .exited(code))
    }

    @Test func endBySignal() throws {
        #expect(try shell("kill -TERM $$").exit.ending == .signalled(.terminate))
    }

    @Test func waitingTwiceGivesTheSameAnswer() throws {
        let child = try ProcessSpawner.spawn(SpawnRequest(["/bin/sh", "-c", "exit 3"], environment: []))
        let first = try child.wait()
        #expect(try child.wait() == first)
        #expect(try child.exitIfEnded() == first)
        try child.signal(.kill)
        try child.signalGroup(.kill)
    }

    @Test func signalsReachTheChildAndItsGroup() throws {
        let child = try ProcessSpawner.spawn(SpawnRequest(["/bin/sleep", "1000"], environment: []))
        #expect(try child.exitIfEnded() == nil)
        try child.signal(.interrupt)
        #expect(try child.wait().ending == .signalled(.interrupt))

        let other = try ProcessSpawner.spawn(SpawnRequest(["/bin/sleep", "1000"], environment: []))
        try other.signalGroup(.quit)
        #expect(try other.wait().ending == .signalled(.quit))
    }

    @Test func usageIsThatOfTheChild() throws {
        let (exit, _) = try shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")
        #expect(exit.userMicroseconds + exit.systemMicroseconds > 1_000)
        #expect(exit.maximumResidentKibibytes > 100)
    }

    @Test func programsAreFoundInThePathOfTheirEnvironment() throws {
        let folder = try TestFolder()
        // A file that was just written could be open still in a program that another test is starting.
        try Files.makeSymbolicLink(folder.path + "/some-tool", target: "/bin/false")
        let request = SpawnRequest(["some-tool"], environment: ["PATH=/nowhere:\(folder.path)"])
        #expect(try ProcessSpawner.spawn(request).wait().ending == .exited(1))
    }

    @Test func anOverlayTakesWhatIsChanged() throws {
        let folder = try TestFolder()
        for name in ["lower", "a,b:c", "work", "shown"] { try Files.makeFolder("\(folder.path)/\(name)") }
        try folder.write("one", to: "lower/file")
        var request = SpawnRequest(
            ["/bin/sh", "-ec", "[ $(cat shown/file) = one ]; echo two >shown/file; echo new >shown/other"], environment: searchPath)
        request.workingDirectory = folder.path
        request.overlay = OverlayMount(
            lower: [folder.path + "/lower"], upper: folder.path + "/a,b:c", work: folder.path + "/work", target: folder.path + "/shown")
        #expect(try ProcessSpawner.spawn(request).wait().ending == .exited(0))
        #expect(try Files.readAll(folder.path + "/lower/file", limit: 10) == Array("one".utf8))
        #expect(try Files.readAll(folder.path + "/a,b:c/file", limit: 10) == Array("two\n".utf8))
        #expect(try Files.entries(of: folder.path + "/shown").isEmpty)
    }

    @Test func failuresNameTheStep() throws {
        let folder = try TestFolder()
        let plain = try folder.write("text", to: "plain")
        let notAProgram = try folder.write("text", to: "not-a-program", mode: 0o755)
        func message(_ arguments: [String], _ prepare: (inout SpawnRequest) -> Void = { _ in }) -> String {
            var request = SpawnRequest(arguments, environment: searchPath)
            prepare(&request)
            do {
                return "started: \(try ProcessSpawner.spawn(request).wait())"
            } catch {
                return error.description
            }
        }
        #expect(message(["/no/such/file"]) == "cannot execute /no/such/file: No such file or directory")
        #expect(message(["no-such-tool"]) == "cannot execute no-such-tool: No such file or directory")
        #expect(message([]) == "cannot execute : No such file or directory")
        #expect(message([plain]) == "cannot execute \(plain): Permission denied")
        #expect(message([notAProgram]) == "cannot execute \(notAProgram): Exec format error")
        #expect(
            message(["/bin/true"]) { $0.workingDirectory = "/no/folder" }
                == "cannot change directory to /no/folder: No such file or directory")
        #expect(
            message(["/bin/true"]) { $0.controlGroupFiles = ["/no/group"] }
                == "cannot enter the control group /no/group: No such file or directory")
        #expect(
            message(["/bin/true"]) { $0.passed = [.init(.standardInput, as: 1)] }
                == "cannot pass descriptor 1 to /bin/true: Bad file descriptor")
        let closed = try Files.open("/dev/null")
        closed.close()
        #expect(message(["/bin/true"]) { $0.standardOutput = closed } == "cannot arrange the descriptors of /bin/true: Bad file descriptor")
        #expect(message(["/bin/echo", "a\0b"]) == "cannot pass a zero byte to /bin/echo: Invalid argument")
    }

    @Test func manyThreadsShareTheSpawnThread() throws {
        let threads = (0..<8).map { number in
            TestThread {
                for _ in 0..<20 {
                    let request = SpawnRequest(["/bin/sh", "-c", "exit \(number)"], environment: [])
                    let exit = try? SpawnThread.shared.spawn(request).wait()
                    #expect(exit?.ending == .exited(Int32(number)))
                }
            }
        }
        for thread in threads { thread.join() }
    }

    @Test func failuresOnTheSpawnThreadAreThrownToTheCaller() {
        #expect(throws: SystemError(code: ENOENT, attempt: "execute", path: "/no/such/file")) {
            try SpawnThread.shared.spawn(SpawnRequest(["/no/such/file"], environment: []))
        }
    }

    /// In a process of its own, where no other test opens descriptors.
    @Test func spawnsLeakNothing() async {
        await #expect(processExitsWith: .success) {
            func count() throws -> Int { try Files.entries(of: "/proc/self/fd").count }
            _ = try SpawnThread.shared.spawn(SpawnRequest(["/bin/true"], environment: [])).wait()
            let before = try count()
            for _ in 0..<500 {
                _ = try SpawnThread.shared.spawn(SpawnRequest(["/bin/true"], environment: [])).wait()
                _ = try? SpawnThread.shared.spawn(SpawnRequest(["/no/such/file"], environment: []))
            }
            let result = try Subprocess.run(["/bin/echo"], environment: [], deadline: farDeadline)
            #expect(result.isSuccess)
            #expect(try count() == before)
        }
    }

    @Test func theEndOfASpawnThreadEndsItsChildren() throws {
        var request = SpawnRequest(["/bin/sleep", "1000"], environment: [])
        request.diesWithParent = true
        let child: ChildProcess
        do {
            let thread = try SpawnThread(entering: [])
            child = try thread.spawn(request)
            #expect(try child.exitIfEnded() == nil)
        }
        #expect(try child.wait().ending == .signalled(.kill))
    }

    @Test func aGroupThatCannotBeEnteredIsNamed() {
        #expect(throws: SystemError(code: ENOENT, attempt: "enter the control group", path: "/no/group/tasks")) {
            try SpawnThread(entering: ["/no/group/tasks"])
        }
    }
}
