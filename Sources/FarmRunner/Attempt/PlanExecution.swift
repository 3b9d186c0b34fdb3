import Execution
import FarmStore

/// What the execution of a plan needs beside the plan.
struct PlanExecution {
    var inputs: LaidOut
    let secrets: [String: [UInt8]]
    let log: LogWriter
    let executor: any Executor
}
