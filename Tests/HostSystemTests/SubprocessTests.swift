import HostSystem
import Testing

@Suite struct SubprocessTests {
    private func run(
        _ script: String, arguments: [String] = [], input: [UInt8]? = nil, limit: Int = 1 << 20, deadline: Int64? = nil,
        stop: Descriptor? = nil
    ) throws -> SubprocessResult {
        try Subprocess.run(
            ["sh", "-c", script, "sh"] + arguments, environment: searchPath, input: input, limit: limit,
            deadline: deadline ?? farDeadline, grace: .milliseconds(200), stop: stop)
    }

    @Test func outputAndErrorAreCaptured() throws {
        let result = try run("echo out; echo err >&2; exit 4")
        #expect(result.output == Array("out\n".utf8))
        #expect(result.error == Array("err\n".utf8))
        #expect(result.exit.ending == .exited(4))
        #expect(result.interruption == nil)
        #expect(!result.isSuccess)
    }

    @Test func largeInputAndOutputPass() throws {
        let input = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let result = try run("tee /dev/stderr", input: input, limit: 4 << 20)
        #expect(result.isSuccess)
        #expect(result.output == input)
        #expect(result.error == input)
    }

    @Test func inputNobodyReadsIsNoFailure() throws {
        #expect(try run("exit 0", input: [UInt8](repeating: 1, count: 1 << 20)).isSuccess)
    }

    @Test func tooMuchOutputEndsTheTool() throws {
        let result = try run("exec yes", limit: 1000)
        #expect(result.interruption == .outputLimit)
        #expect(result.output.count == 1000)
    }

    @Test func tooMuchErrorIsDropped() throws {
        let result = try run("head -c 100000 /dev/zero >&2; echo done", limit: 1000)
        #expect(result.isSuccess)
        #expect(result.error.count == 1000)
        #expect(result.output == Array("done\n".utf8))
    }

    @Test func theDeadlineKillsATreeThatIgnoresTermination() throws {
        let folder = try TestFolder()
        // A grandchild in a process group of its own (set -m), as a shell with job control makes them.
        let script = "trap '' TERM; set -m; sh -c 'trap \"\" TERM; echo $$ >\"$1\"; while :; do sleep 1; done' sh \"$1\" & wait; sleep 1000"
        let pidFile = folder("pid")
        let deadline = Clock.boottimeMilliseconds + 1_000
        let result = try run(script, arguments: [pidFile], deadline: deadline)
        #expect(result.interruption == .deadline)
        #expect(result.exit.ending == .signalled(.kill))
        let grandchild = try #require(Int32(try folder.text(of: "pid").dropLast()))
        #expect(eventually { ProcessIdentity(of: grandchild)?.isAlive != true })
    }

    @Test func atTheDeadlineAToolMayEndInGoodOrder() throws {
        let result = try run("trap 'echo bye; exit 9' TERM; echo start; sleep 1000 & wait", deadline: Clock.boottimeMilliseconds + 500)
        #expect(result.interruption == .deadline)
        #expect(result.exit.ending == .exited(9))
        #expect(result.output == Array("start\nbye\n".utf8))
    }

    @Test func theStopDescriptorEndsTheTool() throws {
        let stop = try EventDescriptor()
        try stop.raise()
        let result = try run("sleep 1000", stop: stop.descriptor)
        #expect(result.interruption == .stopped)
        #expect(result.exit.ending == .signalled(.terminate))
        #expect(try stop.lower())
    }

    @Test func aGrandchildThatKeepsThePipeOpenDoesNotHangTheCall() throws {
        let result = try run("sleep 1000 & echo $!")
        #expect(result.interruption == nil)
        #expect(result.exit.ending == .exited(0))
        let grandchild = try #require(Int32(String(decoding: result.output.dropLast(), as: UTF8.self)))
        #expect(eventually { ProcessIdentity(of: grandchild)?.isAlive != true })
    }

    @Test func evenADaemonThatKeepsThePipeOpenDoesNotHangTheCall() throws {
        let result = try run("setsid sleep 1000 & echo $!; sleep 0.2")
        #expect(result.exit.ending == .exited(0))
        let daemon = try #require(Int32(String(decoding: result.output.dropLast(), as: UTF8.self)))
        // It left the session, so it is not the call's to kill.
        try ProcessIdentity(of: daemon)?.kill(.kill)
    }

    @Test func aMissingToolIsAnError() {
        #expect(throws: SystemError.self) { try Subprocess.run(["/no/tool"], environment: [], deadline: farDeadline) }
    }
}
