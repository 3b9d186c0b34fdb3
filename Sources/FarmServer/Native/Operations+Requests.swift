import FarmAPI
import FarmModel

extension Operation {
    private static let cancelled: [Answer] = [
        .json(
            202, "Asked for, on disk. Waiting jobs have ended, running ones end when their processes have.",
            [
                "type": "object", "required": ["ended", "cancelling"],
                "properties": [
                    "ended": ["type": "integer", "description": "Waiting jobs that have ended."],
                    "cancelling": ["type": "array", "items": ["type": "string"], "description": "Running jobs that are being ended."],
                ],
            ])
    ]
    private static let retried: [Answer] = [
        .json(
            202, "Back in the queue.",
            [
                "type": "object", "required": ["jobs"],
                "properties": ["jobs": ["type": "array", "items": ["type": "string"], "description": "The jobs that are pending now."]],
            ])
    ]
    private static let pausing: [Answer] = [
        .json(200, "On disk.", ["type": "object", "required": ["paused"], "properties": ["paused": ["type": "boolean"]]])
    ]
    private static let reason = RequestContent.json(
        ["type": "object", "properties": ["reason": ["type": "string", "description": "Shown to those who wait."]]], isRequired: false)

    static let cancelBuild = Operation("cancelBuild", "Cancel a build", role: .submit, answers: cancelled)
    static let deleteBuild = Operation("deleteBuild", "Cancel a build", role: .submit, answers: cancelled)
    static let cancelJob = Operation("cancelJob", "Cancel a job", role: .submit, answers: cancelled)
    static let retryBuild = Operation("retryBuild", "Retry what failed in a build", role: .submit, answers: retried)
    static let retryJob = Operation(
        "retryJob", "Retry a job, with what was skipped because of it", role: .submit, answers: retried)
    static let pauseFarm = Operation("pauseFarm", "Start nothing more", role: .operate, body: reason, answers: pausing)
    static let resumeFarm = Operation("resumeFarm", "Start again", role: .operate, answers: pausing)
    static let pauseBuild = Operation("pauseBuild", "Start nothing more of a build", role: .operate, body: reason, answers: pausing)
    static let resumeBuild = Operation("resumeBuild", "Start a build's jobs again", role: .operate, answers: pausing)
    static let pauseWorker = Operation("pauseWorker", "Let a worker start nothing more", role: .operate, body: reason, answers: pausing)
    static let resumeWorker = Operation("resumeWorker", "Let a worker start again", role: .operate, answers: pausing)
}
