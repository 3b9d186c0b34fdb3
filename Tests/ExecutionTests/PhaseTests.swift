import Execution
import FarmModel
import FarmStore
import HostSystem
import Testing

/// How phases follow each other and how they end. Both isolations keep the same contract.
@Suite struct PhaseTests {
    @Test(arguments: Isolation.allCases)
    func exitCodesAndSignals(_ isolation: Isolation) throws {
        let attempt = try TestAttempt("exit 3", isolation: isolation)
        let failed = try attempt.run().failure
        #expect(failed?.failure == .build && failed?.exitCode == 3 && failed?.message == "phase main failed with exit code 3")
        attempt.request.plan = .of("kill -SEGV $$")
        let killed = try attempt.run().failure
        #expect(killed?.failure == .build && killed?.signal == 11 && killed?.message == "phase main was ended by SIGSEGV")
    }

    @Test(arguments: Isolation.allCases)
    func whatCannotBeRunIsTheBuildsFault(_ isolation: Isolation) throws {
        let attempt = try TestAttempt("true", isolation: isolation)
        attempt.request.plan.phases[0].workingDirectory = "missing"
        #expect(try attempt.run().failure?.failure == .build)
        attempt.request.plan.phases[0] = Phase(name: "main", command: .arguments(["/no/such/program"]))
        #expect(try attempt.run().failure?.failure == .build)
    }

    @Test(arguments: Isolation.allCases)
    func conditionsAndOptionalPhases(_ isolation: Isolation) throws {
        func phase(_ name: String, _ script: String, _ condition: Phase.Condition = .success, optional: Bool = false) -> Phase {
            var phase = Phase(name: name, command: .script(script))
            phase.condition = condition
            phase.isOptional = optional
            return phase
        }
        let attempt = try TestAttempt(isolation: isolation)
        attempt.request.plan = .of([
            phase("tests", "echo tests; exit 1", optional: true), phase("build", "echo build; exit 2"), phase("install", "echo install"),
            phase("report", "echo report; exit 9", .failure), phase("clean", "echo clean", .always),
        ])
        let outcome = try attempt.run()
        #expect(outcome.failure?.message == "phase build failed with exit code 2")
        #expect(try attempt.log == "tests\nbuild\nreport\nclean\n")
        #expect(outcome.phases.map(\.failure) == [.build, .build, nil, .build, nil])
        #expect(outcome.phases.map { $0.skipped != nil } == [false, false, true, false, false])
        attempt.request.plan.phases.remove(at: 1)
        #expect(try attempt.run().result == .success)
    }

    @Test(arguments: Isolation.allCases)
    func contract(_ isolation: Isolation) throws {
        let attempt = try TestAttempt(
            "cat $BF_DEPS/a/b/file; pwd; cat $BF_SECRETS/key; echo x > ~/h; echo y > $TMPDIR/t; echo z > $BF_OUT/o; umask",
            isolation: isolation)
        try Files.makeFolder(attempt.folder + "/dep")
        try Files.writeAtomically(Array("dep\n".utf8), to: attempt.folder + "/dep/file")
        try Files.makeFolder(attempt.workspace.build + "/sub")
        attempt.request.dependencies = [.init(name: "a/b", path: attempt.folder + "/dep")]
        attempt.request.plan.phases[0].workingDirectory = "sub"
        attempt.request.secrets = [.init(use: SecretUse(name: "key"), value: Array("secret\n".utf8))]
        #expect(try attempt.run().result == .success)
        let place = isolation == .sandbox ? "/build/sub" : attempt.workspace.build + "/sub"
        #expect(try attempt.log == "dep\n\(place)\n***\n0022\n")
        for path in ["home/h", "tmp/t", "out/o"] { #expect(throws: Never.self) { try Files.status(attempt.workspace.path + "/" + path) } }
    }

    @Test func silenceAndWallTimeEndAPhase() throws {
        let attempt = try TestAttempt("echo start; sleep 1000")
        attempt.request.plan.limits.silenceMilliseconds = 200
        let silent = try attempt.run().failure
        #expect(silent?.failure == .silent && silent?.message == "phase main printed nothing for 200ms")
        attempt.request.plan.limits.silenceMilliseconds = nil
        attempt.request.plan.limits.wallMilliseconds = 200
        #expect(try attempt.run().failure?.failure == .timeout)
        attempt.request.plan.limits.wallMilliseconds = nil
        attempt.request.plan.phases[0].timeoutMilliseconds = 200
        var last = Phase(name: "last", command: .script("echo last"))
        last.condition = .always
        attempt.request.plan.phases.append(last)
        let timeout = try attempt.run()
        #expect(timeout.failure?.failure == .timeout && timeout.failure?.message == "phase main ran longer than 200ms")
        #expect(try attempt.log == "start\nstart\nstart\nlast\n")
    }

    @Test func theLogEndsExactlyAtItsLimit() throws {
        let attempt = try TestAttempt("yes")
        attempt.request.plan.limits.logBytes = 100_001
        let outcome = try attempt.run()
        #expect(outcome.failure?.failure == .logLimit)
        #expect(try attempt.log.utf8.count == 100_001)
    }

    @Test func outputsAreMeasuredAtTheEndAndMeanwhile() throws {
        let attempt = try TestAttempt(
            "head -c 1000 /dev/zero > $BF_OUT/a; mkdir $BF_OUT/d; head -c 1000 /dev/zero > $BF_OUT/d/b; ln -s /usr $BF_OUT/l")
        attempt.request.plan.limits.outputBytes = 2_000
        #expect(try attempt.run().result == .success)
        attempt.request.plan = .of("echo 1 > $BF_OUT/c")
        attempt.request.plan.limits.outputBytes = 2_000
        #expect(try attempt.run().failure?.failure == .outputLimit)
        attempt.request.plan = .of("echo more; sleep 1000")
        attempt.request.plan.limits.outputBytes = 2_000
        #expect(try attempt.run().failure?.failure == .outputLimit)
    }

    @Test(arguments: Isolation.allCases)
    func aStopEndsThePhaseAndCleansUp(_ isolation: Isolation) throws {
        let attempt = try TestAttempt(isolation: isolation)
        let main = Phase(name: "main", command: .script("trap 'echo asked; exit 0' TERM; echo up; sleep 1000 & wait"))
        var after = Phase(name: "after", command: .script("echo after"))
        let never = after
        after.condition = .always
        attempt.request.plan = .of([main, never, after])
        let thread = try TestThread.start { [stop = attempt.stop, log = attempt.folder + "/1.log"] in
            _ = eventually { (try? Files.readAll(log, limit: 100).count > 2) == true }
            try? stop.stop(.cancel)
            try? stop.stop(.shutdown)
        }
        let outcome = try attempt.run()
        thread.join()
        #expect(outcome.result == .stopped(.cancel))
        #expect(try attempt.log == "up\nasked\nafter\n")
    }

    @Test func theIndexKnowsThePhases() throws {
        let attempt = try TestAttempt()
        attempt.request.plan = .of([
            Phase(name: "one", command: .script("echo 1")), Phase(name: "two words", command: .script("echo 2; exit 1")),
        ])
        _ = try attempt.run()
        let index = try LogIndex(path: attempt.folder + "/1.idx")
        #expect(index.phases.map(\.name) == ["one", "two words"])
        #expect(index.phases.map(\.result) == ["success", "build"])
        #expect(index.phases.map(\.start) == [0, 2] && index.phases.map(\.end) == [2, 4])
        #expect(index.phase(at: 3)?.name == "two words")
    }
}
