import FarmAPI
import FarmModel

extension Operation {
    private static let logAnswers: [Answer] = [
        .bytes(
            """
            The log, or what of it is asked for. As text its bytes; as application/x-ndjson its lines with time and phase; as \
            text/event-stream an event for each line, {"line", "phase", "time"}, whose id is the offset after the line (with the attempt's \
            number and a dash before it where there may be several attempts), an event "attempt" where one begins, and an event "end" with \
            the state at the end. Last-Event-ID goes on after an event.
            """, "text/plain", "application/x-ndjson", "text/event-stream"),
        Answer(206, "A range of the bytes.", [("text/plain", ["type": "string"])]),
        Answer(304, "The client has it already."),
    ]

    private static let logProblems = [
        410: "The log was removed.", 416: "The log has fewer bytes.",
    ]

    static let getJobLog = Operation(
        "getJobLog", "The log of a job: of its newest attempt, or while it is followed of all that come", role: .read,
        query: LogRequest.parametersOfJob, answers: logAnswers, problems: logProblems)
    static let getAttemptLog = Operation(
        "getAttemptLog", "The log of an attempt", role: .read, query: LogRequest.parameters, answers: logAnswers, problems: logProblems)
}
