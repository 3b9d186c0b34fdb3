internal import HostSystem
internal import Synchronization

/// What a daemon made of a step that printed a lot at once.
public struct LogLimits: Sendable, Equatable {
    /// How much the step printed, in bytes.
    public static let printedBytes = FloodProgram.outputBytes

    /// How much of it came here, in bytes.
    public var passedBytes: Int64 = 0
    /// The limits that the daemon named where it left something out, for instance `200KiB/s`, each once.
    public var limits: [String] = []

    /// Whether something was left out.
    public var isClipped: Bool { passedBytes < Self.printedBytes }
}

/// Takes what the daemon passes on of the flood: zero bytes, and the daemon's own words between them.
final class FloodMeter: Sendable {
    private static let mark = "[output clipped, log limit "

    private static let mostWords = 64 << 10

    private let state = Mutex((zeros: Int64(0), words: [UInt8]()))

    /// The next piece of the log.
    func take(_ bytes: [UInt8]) {
        let words = bytes.filter { $0 != 0 }
        state.withLock { state in
            state.zeros += Int64(bytes.count - words.count)
            state.words += words.prefix(Self.mostWords - state.words.count)
        }
    }

    /// What came of it.
    var result: LogLimits {
        let (zeros, words) = state.withLock { $0 }
        var result = LogLimits(passedBytes: zeros)
        let text = String(decoding: words, as: UTF8.self)
        for range in text.ranges(of: Self.mark) {
            let limit = String(text[range.upperBound...].prefix { !$0.isWhitespace && $0 != "]" })
            if !limit.isEmpty, !result.limits.contains(limit) { result.limits.append(limit) }
        }
        return result
    }
}

extension BuildKitDaemon {
    /// How long the step may take.
    private static let patience = Duration.seconds(15)

    /// Has a step print a lot, and sees what comes of it.
    /// - Returns: nil if that cannot be tried there, or not in a short time.
    func measureLogLimits() async throws(BuildKitError) -> LogLimits? {
        guard let platform = try await abilities().platforms.first, platform.architecture == FloodProgram.architecture else { return nil }
        let program = "/flood"
        let root = Operation.files([.file(path: program, content: FloodProgram.bytes, mode: 0o755)], time: 0, platform: platform)
        // What was run before would come out of the cache, and print nothing.
        var execution = Execution([program, RandomBytes.hexadecimal(8)])
        execution.network = .none
        execution.name = "log limits"
        var build = Build(
            .definition(Definition(of: execution.operation(in: root.output(), platform: platform).output())), purpose: "log limits")
        build.isInternal = true
        let (meter, made) = (FloodMeter(), build)
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await self.run(made) { event in if case .log(_, let bytes) = event { meter.take(bytes) } }
                    return true
                } catch { return false }
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() == true ? meter.result : nil
        }
    }
}
