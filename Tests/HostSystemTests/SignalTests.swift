import Glibc
import HostSystem
import Testing

@Suite struct SignalTests {
    @Test func blockedSignalsWaitAndOthersAreUntouched() throws {
        let before = SignalMask.block([])
        SignalMask.blocked(SignalSet(.terminate, .hangUp)) {
            #expect(SignalMask.block([]) == before.union(SignalSet(.terminate, .hangUp)))
        }
        #expect(SignalMask.block([]) == before)
    }

    @Test func theMaskReturnsAfterAnError() {
        let before = SignalMask.block([])
        #expect(throws: SystemError.self) {
            try SignalMask.blocked(.termination) { () throws(SystemError) in throw SystemError(code: EIO, attempt: "test") }
        }
        #expect(SignalMask.block([]) == before)
    }

    /// In a process of its own: the signal is sent to the whole process.
    @Test func signalsCanBeRead() async {
        await #expect(processExitsWith: .success) {
            // The other threads of this process do not block it, so it is sent to this thread.
            let before = SignalMask.block(.termination)
            let signals = try SignalDescriptor(.termination)
            #expect(try signals.next() == nil)
            raise(SIGTERM)
            #expect(try Poller.wait([.init(signals.descriptor, .readable)], timeoutMilliseconds: 10_000) == [0: .readable])
            #expect(try signals.next() == .terminate)
            #expect(try signals.next() == nil)
            SignalMask.restore(before)
        }
    }

    @Test func aBrokenPipeCanBeAnError() async {
        await #expect(processExitsWith: .success) {
            try SignalDisposition.ignore(.brokenPipe)
            let (readEnd, writeEnd) = try Descriptor.pipe()
            readEnd.close()
            #expect(throws: SystemError(code: EPIPE, attempt: "write")) { try writeEnd.writeAll([1]) }
        }
        await #expect(processExitsWith: .signal(SIGPIPE)) {
            try SignalDisposition.ignore(.brokenPipe)
            try SignalDisposition.reset(.brokenPipe)
            let (readEnd, writeEnd) = try Descriptor.pipe()
            readEnd.close()
            try writeEnd.writeAll([1])
        }
    }

    @Test func names() {
        #expect(Signal.terminate.description == "SIGTERM")
        #expect(Signal(SIGSEGV).description == "SIGSEGV")
        #expect(Signal(40).description == "signal 40")
        #expect(SignalSet(.hangUp, .interrupt).rawValue == 0b11)
    }
}
