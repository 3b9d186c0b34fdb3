import FarmModel
import HostSystem
import Testing

@testable import BuildKitClient

/// What a daemon leaves out of logs.
@Suite struct LogLimitsTests {
    private func limits(_ pieces: [[UInt8]]) -> LogLimits {
        let meter = FloodMeter()
        for piece in pieces { meter.take(piece) }
        return meter.result
    }

    private func zeros(_ count: Int64) -> [UInt8] { [UInt8](repeating: 0, count: Int(count)) }

    @Test func everythingPasses() {
        let result = limits([zeros(1 << 20), zeros(2 << 20)])
        #expect(!result.isClipped && result.limits.isEmpty)
    }

    @Test func whatIsNamed() {
        let marks = [
            "\n[output clipped, log limit 200KiB/s ", "reached]\n",
            "\n[output clipped, log limit 200KiB/s reached]\n[output clipped, log limit 2MiB reached]\n",
        ]
        let result = limits([zeros(1_000)] + marks.map { Array($0.utf8) } + [zeros(24)])
        #expect(result == LogLimits(passedBytes: 1_024, limits: ["200KiB/s", "2MiB"]))
        #expect(result.isClipped)
    }

    /// Whatever a daemon says is limited.
    @Test func endlessWords() {
        #expect(limits([Array(repeating: UInt8(ascii: "x"), count: 1 << 20), Array(" [output clipped, log limit".utf8)]).limits.isEmpty)
    }

    @Test func theProgramPrintsWhatItIsToPrint() throws {
        guard Architecture.native.name == "x86_64" else { return }
        let path = "/tmp/bf-flood-\(RandomBytes.hexadecimal(8))"
        try Files.writeAtomically(FloodProgram.bytes, to: path, mode: 0o755)
        defer { try? Files.removeFile(path) }
        let result = try Subprocess.run([path], environment: [], limit: 4 << 20, deadline: Clock.boottimeMilliseconds + 30_000)
        #expect(Int64(result.output.count) == LogLimits.printedBytes)
    }
}
