internal import FarmModel
internal import FarmStore
internal import ToolKit

/// A pending job as a row of the queue.
struct QueueRow: Displayable {
    static let columns = [
        Column("PLACE", .right), Column("ID"), Column("NAME", shrinks: true), Column("BUILD"), Column("WAITS", shrinks: true),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ queued: QueuedJob, _ reason: WaitReason?) {
        json = queued.record(reason)
        cells = [
            Cell(queued.position.map { "\($0)" }), Cell(queued.job.id.description), Cell(queued.job.identity.description),
            Cell(queued.job.build.description), Cell(reason?.short, plain: reason?.code.rawValue),
        ]
    }
}
