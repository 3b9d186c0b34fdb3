internal import Archives
internal import EngineClient
internal import Execution
internal import FarmModel
internal import HostSystem

extension ExecutionFailure {
    /// What a failure on the way to or on a daemon means for the job.
    /// - Parameter what: what was being done, for instance `the sources could not be sent`.
    init(_ cause: any Error, _ what: String) {
        switch cause {
        case let error as ExecutionFailure: self = error
        case let error as EngineError: self.init(.infrastructure, "\(what): \(error)")
        case let error as LocalProblem: self.init(.badInput, "\(what): \(error.text)")
        case let error as FarmError: self.init(.infrastructure, "\(what): \(error.message)")
        case Blocking.Interruption.deadline: self.init(.timeout, "\(what): the time was over")
        default: self.init(.infrastructure, "\(what): \(cause)")
        }
    }

    /// What a refusal of outputs means: that they are too large or not such as outputs may be.
    init(outputs cause: any Error, limit: Int64?) {
        switch cause {
        case UnpackFailure.tooLarge:
            self.init(.outputLimit, "the outputs are larger than \(SizeText.text(bytes: limit ?? 0))")
        case UnpackFailure.refused(let message): self.init(.build, "outputs: \(message)")
        default: self.init(cause, "the outputs could not be fetched")
        }
    }
}
