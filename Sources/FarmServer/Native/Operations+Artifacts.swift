import FarmAPI
import FarmModel

extension Operation {
    private static let downloads: [Answer] = [
        .bytes("The file.", "application/octet-stream", "text/plain", "image/png", "image/jpeg", "image/gif", "image/webp"),
        Answer(206, "A range of it.", [("application/octet-stream", ["type": "string"])]),
        Answer(304, "The client has it already: its tag is the SHA-256 of the file."),
    ]
    private static let removed = [410: "It was collected.", 416: "The file has fewer bytes."]

    static let listJobArtifacts = Operation(
        "listJobArtifacts", "The named results of a job", role: .read, answers: [.list("artifacts", of: "artifact", "The results.")])
    static let listBuildArtifacts = Operation(
        "listBuildArtifacts", "The named results of all jobs of a build", role: .read,
        answers: [.list("artifacts", of: "artifact", "The results.")])
    static let getJobFiles = Operation(
        "getJobFiles", "What is in the tree of a job", role: .read, query: PageRequest.parameters,
        answers: [.list("files", of: "file", "The entries at its top.")], problems: removed)
    static let getJobFile = Operation(
        "getJobFile", "A file of the tree of a job, or what is in a folder of it; links are followed within the tree", role: .read,
        query: PageRequest.parameters, answers: downloads + [.list("files", of: "file", "The entries of a folder.")], problems: removed)
    static let getBlob = Operation(
        "getBlob", "A file by its digest, if it belongs to a tree of the farm", role: .read, answers: downloads, problems: removed)
    static let getJobArchive = Operation(
        "getJobArchive", "The tree of a job as a tar archive, the same bytes for the same tree", role: .read,
        answers: [.bytes("The archive.", "application/x-tar")], problems: removed)
    static let getBuildArchive = Operation(
        "getBuildArchive", "The trees of all jobs of a build as one tar archive", role: .read,
        answers: [.bytes("The archive.", "application/x-tar")])
}
