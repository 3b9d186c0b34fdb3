internal import Execution
internal import FarmModel

/// The names under which things of a job stand with a daemon or in a registry, where the plan gives none.
struct DockerfileNames: Sendable, Equatable {
    /// The job and its architecture as a part of an image's name.
    let job: String
    /// The image, if a daemon must have a name for it. It is part of the archive, so it tells plans apart but not attempts.
    let image: String
    /// What the daemon keeps the context and the trees of other jobs under.
    let uploads: String

    init(_ request: ExecutionRequest) {
        let farm = BuildKitNames(request.run).farm.lowercased()
        job = Self.part("\(request.jobName ?? "job")-\(request.plan.architecture)")
        image = "\(farm)/\(job):\(request.plan.digest.hex.prefix(16))"
        uploads = BuildKitNames.uploads(of: request)
    }

    /// Small letters, digits, and single hyphens between them.
    private static func part(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.joined(separator: "-")
    }
}
