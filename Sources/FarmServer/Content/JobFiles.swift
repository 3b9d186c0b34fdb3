import FarmAPI
import FarmModel
import FarmStore
import Hummingbird

/// The files that a job has made.
struct JobFiles {
    enum Found: Sendable {
        case file(Content, name: String)
        case reply(Reply)
        case missing(Problem)
    }

    private let store: Store
    private let job: JobRecord

    /// - Parameter text: The id of the job.
    init(_ text: String, in store: Store) throws(FarmError) {
        self.store = store
        job = try store.job(store.job(named: text))
    }

    /// Why a job has no tree.
    static func absence(_ job: JobRecord) -> Problem {
        job.state == .success
            ? Problem(410, "artifacts_removed", MissingTree.reason(job)) : Problem(404, "no_artifacts", MissingTree.reason(job))
    }

    /// - Parameter path: Within the tree, decoded; nil for one that cannot be in a tree.
    func find(_ path: String?, _ page: PageRequest) throws(FarmError) -> Found {
        guard let tree = job.tree else { return .missing(Self.absence(job)) }
        guard let path, path.isEmpty || TreeEntry.isSafe(path) else { return missing("that path") }
        let lookup = TreeLookup(try store.blobs.manifest(tree))
        switch lookup.find(path) {
        case .file(let entry):
            guard case .file(let size, let digest) = entry.content else { return missing(JSONValue.string(path).text) }
            let name = path.pathNames().last.map(String.init) ?? path
            return .file(try Content.blob(digest, size: size, type: MediaType.of(name), in: store), name: name)
        case .folder(let folder):
            let entries = lookup.children(of: folder, after: page.cursor ?? "", atMost: page.limit + 1)
            var object: JSONObject = [
                "files": .array(entries.prefix(page.limit).map { .object(FileRecord($0, tree: tree, job: job.id).json) })
            ]
            if entries.count > page.limit { object.add("next", entries[page.limit - 1].path) }
            return .reply(.json(.ok, object))
        case nil: return missing(JSONValue.string(path).text)
        }
    }

    private func missing(_ path: String) -> Found {
        .missing(Problem(404, "not_found", "\(job.id) (\(job.identity)) has made no file \(path); see /jobs/\(job.id)/files"))
    }
}

extension Call {
    /// What `{path...}` at the end of a route stands for, decoded, without slashes at its ends; nil if it cannot be decoded, or if a name in it
    /// has a slash.
    var restOfPath: String? {
        let names = (context.parameters[Parameters.recursiveCaptureKey] ?? "").pathNames().map(PercentText.decoded)
        guard names.allSatisfy({ $0?.utf8.contains(UInt8(ascii: "/")) == false }) else { return nil }
        return names.compactMap(\.self).joined(separator: "/")
    }
}
