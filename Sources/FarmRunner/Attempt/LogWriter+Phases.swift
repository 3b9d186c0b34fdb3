import FarmModel
import FarmStore

extension LogWriter {
    /// Runs `body`, what it says being a phase of the log; a failure is its last line.
    func inPhase<T>(_ name: String, _ body: () throws(AttemptFailure) -> T) throws(AttemptFailure) -> T {
        try? beginPhase(name)
        do throws(AttemptFailure) {
            let result = try body()
            try? endPhase(name, result: "success")
            return result
        } catch {
            say(error.message)
            try? endPhase(name, result: error.failure.rawValue)
            throw error
        }
    }

    /// Writes a line of our own.
    func say(_ line: String) { _ = try? write(Array("\(line)\n".utf8)[...]) }
}
