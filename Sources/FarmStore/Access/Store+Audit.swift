public import FarmModel

extension Store {
    /// Notes who asked for something that no other function of the store notes, durably, as an event for administrators.
    public func audit(
        _ action: AuditAction, by requester: Requester, build: BuildID? = nil, job: JobID? = nil, data: JSONObject = [:]
    ) throws(FarmError) {
        try write(.durable, rings: true) { transaction throws(FarmError) in
            try transaction.audit(action, by: requester, build: build, job: job, data: data)
        }
    }
}

extension Transaction {
    /// Appends an event that tells who asked for something.
    func audit(
        _ action: AuditAction, by requester: Requester, build: BuildID? = nil, job: JobID? = nil, attempt: AttemptID? = nil,
        data: JSONObject = [:]
    ) throws(FarmError) {
        var members: JSONObject = ["by": .object(requester.json)]
        for member in data.members { members[member.key] = member.value }
        try append(action.event, build: build, job: job, attempt: attempt, data: members)
    }

    /// As ``audit(_:by:build:job:attempt:data:)`` for something that a request names; nothing without a requester.
    func audit(_ action: AuditAction, by requester: Requester?, of target: Target, data: JSONObject = [:]) throws(FarmError) {
        guard let requester else { return }
        switch target {
        case .build(let build): try audit(action, by: requester, build: build, data: data)
        case .job(let job): try audit(action, by: requester, build: try self.job(job).build, job: job, data: data)
        case .attempt(let attempt):
            let record = try self.attempt(attempt)
            try audit(action, by: requester, build: record.build, job: record.job, attempt: attempt, data: data)
        case .runner(let runner):
            var data = data
            data["runner"] = .string(runner.description)
            try audit(action, by: requester, data: data)
        }
    }
}
