public import FarmModel

extension WaitExplanation {
    /// The `why` record of the job.
    /// - Parameter reasons: Those of ``codes``, in their order.
    public func record(_ reasons: [WaitReason]) -> JSONObject {
        var object: JSONObject = ["kind": "why", "id": .string(job.id.description), "build": .string(job.build.description)]
        object.add("name", job.identity.description)
        object.add("state", job.state.rawValue)
        object.add(reasons)
        return object
    }

    /// The `why` record of the job.
    /// - Parameter now: In milliseconds since 1970.
    public func record(now: Int64) -> JSONObject { record(codes.map { WaitReason($0, facts, now: now) }) }
}

extension BuildRecord {
    /// The `why` record of the build.
    /// - Parameters:
    ///   - groups: Its jobs that wait, by reason; those nearest to a start first.
    ///   - first: What stands before the first of them, and so before the build.
    public func whyRecord(_ groups: [WaitGroup], _ first: WaitReason?) -> JSONObject {
        var object: JSONObject = ["kind": "why", "id": .string(id.description), "state": .string(state.rawValue)]
        object.add(first.map { [$0] } ?? [])
        let counts = groups.compactMap { group in
            group.example.codes.first.map { JSONObject.Member(key: $0.rawValue, value: .int(Int64(group.count))) }
        }
        if !counts.isEmpty { object.add("jobs", .object(JSONObject(uniqueMembers: counts))) }
        return object
    }

    /// The `why` record of the build.
    /// - Parameter now: In milliseconds since 1970.
    public func whyRecord(_ groups: [WaitGroup], now: Int64) -> JSONObject {
        let example = groups.first?.example
        return whyRecord(groups, example.flatMap { example in example.codes.first.map { WaitReason($0, example.facts, now: now) } })
    }
}

extension JSONObject {
    /// The primary reason and the others.
    fileprivate mutating func add(_ reasons: [WaitReason]) {
        guard let first = reasons.first else { return }
        add("code", first.code.rawValue)
        add("reason", first.sentence)
        add("facts", .object(first.facts))
        add("next", first.next)
        let others = reasons.dropFirst().map { reason in
            JSONValue.object([
                "code": .string(reason.code.rawValue), "reason": .string(reason.sentence), "facts": .object(reason.facts),
            ])
        }
        if !others.isEmpty { add("also", .array(others)) }
    }
}
