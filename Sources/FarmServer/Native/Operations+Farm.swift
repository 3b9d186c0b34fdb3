import FarmAPI
import FarmModel

extension Operation {
    static let getSession = Operation(
        "getSession", "Who one is, and what one may do", role: .read,
        answers: [
            .json(
                200, "The caller.",
                [
                    "type": "object", "required": ["role"],
                    "properties": [
                        "name": ["type": "string"], "role": ["enum": .array(Role.allCases.map { .string($0.rawValue) })],
                    ],
                ])
        ])
    static let listQueue = Operation(
        "listQueue", "Waiting jobs in the order in which runners take them, with their reasons", role: .read,
        query: [.integer("limit", "The most jobs; 100 if not given.", 1...1_000)],
        answers: [.list("queue", of: "job", "Jobs.")])
    static let listWorkers = Operation(
        "listWorkers", "The runners at work", role: .read, answers: [.list("workers", of: "runner", "Runners.")])
    static let getWorker = Operation("getWorker", "A runner at work", role: .read, answers: [.record("runner", "The runner.")])
    static let listPackages = Operation(
        "listPackages", "The newest good result of each package", role: .read,
        query: [Parameter("prefix", "Only names that begin so.")] + PageRequest.parameters,
        answers: [
            .json(
                200, "A page of packages.",
                [
                    "type": "object", "required": ["packages"],
                    "properties": [
                        "packages": [
                            "type": "array",
                            "items": [
                                "type": "object", "required": ["name", "identity", "arch", "job"],
                                "properties": [
                                    "name": ["type": "string"], "identity": ["type": "string"], "arch": ["type": "string"],
                                    "job": ["type": "string"], "tree": ["type": "string"],
                                ],
                            ],
                        ],
                        "next": ["type": "string"],
                    ],
                ])
        ])
    static let listHistory = Operation(
        "listHistory", "The ended attempts of a package, newest first", role: .read,
        query: [
            Parameter("package", "The name, or the identity as tools write it."),
            .integer("limit", "The most attempts; 20 if not given.", 1...1_000),
        ],
        answers: [.list("history", of: "history", "Ended attempts.")])
    static let getStatistics = Operation(
        "getStatistics", "Counts and durations of ended attempts", role: .read,
        query: [
            .word("by", "What is counted apart.", StatisticsGrouping.allCases.map(\.rawValue)),
            Parameter("package", "Only packages that fit this pattern."),
            Parameter("since", "Only what ended since this time, or so long ago (7d)."),
        ],
        answers: [.list("stats", of: "stats", "One record a group.")])
}
