internal import FarmModel
public import FarmStore

extension Submission {
    /// A submission of jobs by name, each with the names of those it needs; `name?` is an optional need.
    public static func graph(_ jobs: KeyValuePairs<String, [String]>) -> Submission {
        let positions = Dictionary(jobs.enumerated().map { ($1.key, $0) }) { first, _ in first }
        return Submission(
            jobs: jobs.map { name, needs in
                .named(
                    name,
                    needs: needs.compactMap { need in
                        let isOptional = need.hasSuffix("?")
                        return positions[isOptional ? String(need.dropLast()) : need].map { ($0, isOptional) }
                    })
            })
    }

    /// A submission of `count` jobs without needs.
    public static func independent(_ count: Int) -> Submission {
        Submission(jobs: (0..<count).map { .named("job-\($0)") })
    }
}

extension Submission.Job {
    /// A job whose document says little more than its name.
    public static func named(
        _ name: String, needs: [(position: Int, isOptional: Bool)] = [], priority: Int = 0, labels: [String] = [], padding: Int = 0,
        rank: Double = 1
    ) -> Submission.Job {
        var document: JSONObject = ["kind": "spec", "name": .string(name)]
        if padding > 0 { document.add("padding", String(repeating: "x", count: padding)) }
        let spec = JobSpec(
            identity: JobIdentity(name: name, architecture: .native), labels: labels, priority: priority, recipe: "script",
            document: document)
        return Submission.Job(spec: spec, planDigest: Digest.of(Array(name.utf8)), needs: needs, rank: rank)
    }
}
