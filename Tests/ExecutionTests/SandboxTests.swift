import Execution
import FarmModel
import HostSystem
import Testing

@Suite struct SandboxTests {
    @Test func runs() throws {
        let attempt = try TestAttempt("echo hello; id -u; echo done > $BF_OUT/file")
        let outcome = try attempt.run()
        #expect(outcome.result == .success)
        #expect(try attempt.log == "hello\n1000\n")
        #expect(try attempt.output("file") == "done\n")
    }
}
