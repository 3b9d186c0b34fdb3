import FarmAPI
import FarmModel
import FarmStore
import HostSystem

/// Which page of a list is asked for.
struct PageRequest {
    static let parameters = [
        Parameter.integer("limit", "The most records of a page; 100 if not given.", 1...1_000),
        Parameter("cursor", "The page after this one: what the page before gave as next."),
    ]

    let limit: Int
    let cursor: String?

    init(_ call: Call) throws(Problem) {
        limit = try call.integer("limit", 1...1_000) ?? 100
        cursor = call.query("cursor")
    }

    static func badCursor(_ text: String) -> Problem {
        Problem(400, "bad_parameter", "\(JSONValue.string(text).text) is no cursor of this list; take next of the page before")
    }
}

/// Which builds are asked for.
struct BuildListRequest {
    static let parameters =
        [
            Parameter("state", "Only builds in this state; may be repeated.", isRepeated: true),
            Parameter("label", "Only builds with this label, key or key=value; may be repeated.", isRepeated: true),
            Parameter("owner", "Only builds of this submitter."),
            .flag("failures", "Only builds with failed jobs."), forecast,
            Parameter("since", "Only builds that have not ended before this time, or so long ago (7d)."),
        ] + PageRequest.parameters

    static let forecast = Parameter.flag("forecast", "Also tell when builds that have not ended probably will: eta and what belongs to it.")

    let filter: BuildFilter
    let wantsForecast: Bool
    let cursor: BuildID?
    let limit: Int

    init(_ call: Call) throws(Problem) {
        var filter = BuildFilter()
        filter.states = try call.states(BuildState.self)
        filter.labels = call.queries("label")
        filter.owner = call.query("owner")
        filter.hasFailures = try call.flag("failures")
        wantsForecast = try call.flag("forecast")
        filter.since = try call.time("since")
        self.filter = filter
        let page = try PageRequest(call)
        limit = page.limit
        cursor = try page.cursor.map { text throws(Problem) in
            guard let build = BuildID(text) else { throw PageRequest.badCursor(text) }
            return build
        }
    }
}

/// Which jobs are asked for.
struct JobListRequest {
    static let parameters =
        [
            Parameter("name", "Only jobs of this name, or of names that fit a pattern with *, ? and [...]."),
            Parameter("state", "Only jobs in this state; may be repeated.", isRepeated: true),
            Parameter("since", "Only jobs that have not ended before this time, or so long ago (7d)."),
        ] + PageRequest.parameters

    let filter: JobFilter
    let page: PageRequest

    init(_ call: Call) throws(Problem) {
        var filter = JobFilter()
        filter.name = call.query("name")
        filter.states = try call.states(JobState.self)
        filter.since = try call.time("since")
        self.filter = filter
        page = try PageRequest(call)
    }
}

extension Call {
    /// The states of `?state=`; nil for all.
    fileprivate func states<State: RawRepresentable & CaseIterable & Hashable>(
        _: State.Type
    ) throws(Problem) -> Set<State>? where State.RawValue == String {
        let texts = queries("state").flatMap { $0.split(separator: ",").map(String.init) }
        if texts.isEmpty { return nil }
        var states: Set<State> = []
        for text in texts {
            guard let state = State(rawValue: text) else {
                let known = State.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(400, "bad_parameter", "state=\(JSONValue.string(text).text) is not known; there are \(known)")
            }
            states.insert(state)
        }
        return states
    }

    /// A time of the query: RFC 3339, a day, or a duration before now.
    func time(_ name: String) throws(Problem) -> Int64? {
        guard let text = query(name) else { return nil }
        if let time = Timestamp.parse(text) ?? Timestamp.parse(text + "T00:00:00Z") { return time }
        if let span = DurationText.milliseconds(text) { return Clock.wallMilliseconds - span }
        throw Problem(400, "bad_parameter", "\(name)=\(JSONValue.string(text).text) is no time and no duration such as 7d")
    }
}
