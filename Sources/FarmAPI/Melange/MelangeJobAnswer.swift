public import FarmModel

/// A job of the first melange service as its answers show it.
public struct MelangeJobAnswer: Sendable {
    /// The id under which the service knows it.
    public var id: String
    /// The job.
    public var job: JobRecord
    /// When it was submitted, in milliseconds since 1970.
    public var createdMilliseconds: Int64
    /// What it was asked for with.
    public var request: MelangeJobRequest
    /// Where its results lie as files.
    public var place: MelangePlace?

    /// Creates an answer.
    public init(id: String, job: JobRecord, createdMilliseconds: Int64, request: MelangeJobRequest) {
        self.id = id
        self.job = job
        self.createdMilliseconds = createdMilliseconds
        self.request = request
    }

    /// The job.
    public var json: JSONValue {
        var object: JSONObject = ["id": .string(id), "status": .string(job.state.melangeStatus), "spec": .object(request.stored)]
        object.add("created_at", GoText.time(createdMilliseconds))
        job.addMelangeRun(to: &object, need: nil, place: place)
        return .object(object)
    }

    /// What creating a job answers.
    public static func created(id: String) -> JSONValue { ["id": .string(id)] }
}
