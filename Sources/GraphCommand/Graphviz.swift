import FarmModel
import HostSystem

/// Draws with Graphviz's `dot`.
struct Graphviz {
    /// The most time that a drawing may take, in milliseconds.
    private static let timeLimit: Int64 = 60_000
    /// The most bytes of a drawing.
    private static let sizeLimit = 256 << 20

    /// The value of an environment variable.
    let environment: (String) -> String?

    /// The drawing of a graph in the DOT language.
    /// - Throws: `unavailable` if `dot` is missing or cannot cope.
    func svg(_ dot: String) throws(FarmError) -> [UInt8] {
        let result: SubprocessResult
        do throws(SystemError) {
            result = try Subprocess.run(
                ["dot", "-Tsvg"], environment: variables, input: Array(dot.utf8), limit: Self.sizeLimit,
                deadline: Clock.boottimeMilliseconds + Self.timeLimit)
        } catch {
            guard error.isMissing else { throw FarmError(.unavailable, "\(error)") }
            throw FarmError(.unavailable, "svg needs the program dot, which is not installed: apt-get install graphviz")
        }
        guard result.isSuccess else { throw failure(result) }
        return result.output
    }

    private var variables: [String] {
        let path = environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        let kept = ["HOME", "XDG_CACHE_HOME", "LANG", "LC_ALL"].compactMap { name in environment(name).map { "\(name)=\($0)" } }
        return ["PATH=\(path)"] + kept
    }

    private func failure(_ result: SubprocessResult) -> FarmError {
        let advice = "; show less of it (--needs, --only, --critical-path) or take --format dot"
        switch result.interruption {
        case .deadline:
            return FarmError(.unavailable, "dot did not finish the drawing in \(DurationText.text(milliseconds: Self.timeLimit))\(advice)")
        case .outputLimit:
            return FarmError(.unavailable, "the drawing is larger than \(SizeText.text(bytes: Int64(Self.sizeLimit)))\(advice)")
        case .stopped, nil:
            let lines = String(decoding: result.error.prefix(4096), as: UTF8.self).split(separator: "\n")
            return FarmError(.unavailable, "dot failed: \(lines.first ?? "it said nothing")")
        }
    }
}
