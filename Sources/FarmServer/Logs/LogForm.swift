/// How a log is sent.
enum LogForm: Sendable {
    /// Its bytes as they are.
    case bytes
    /// The `log` records of bf-records(5), one a line.
    case records
    /// Server-Sent Events, one for each line.
    case events

    /// By the field `Accept`: what is named first of those there are.
    init(accept: String?) {
        for item in accept?.split(separator: ",") ?? [] {
            switch item.prefix(while: { $0 != ";" }).filter({ $0 != " " }).lowercased() {
            case "application/x-ndjson": self = .records
            case "text/event-stream": self = .events
            case "text/plain", "text/*", "*/*": self = .bytes
            default: continue
            }
            return
        }
        self = .bytes
    }

    var mediaType: String {
        switch self {
        case .bytes: "text/plain; charset=utf-8"
        case .records: "application/x-ndjson"
        case .events: "text/event-stream"
        }
    }
}
