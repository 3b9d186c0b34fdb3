import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// What jobs have made: records, files and archives.
struct ArtifactRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.get, "/jobs/{job}/artifacts", .listJobArtifacts, listOfJob),
            Route(.get, "/builds/{build}/artifacts", .listBuildArtifacts, listOfBuild),
            Route(.get, "/jobs/{job}/files", .getJobFiles, file),
            Route(.get, "/jobs/{job}/files/{path...}", .getJobFile, file),
            Route(.get, "/blobs/{digest}", .getBlob, blob),
            Route(.get, "/jobs/{job}/artifacts.tar", .getJobArchive, archiveOfJob),
            Route(.get, "/builds/{build}/artifacts.tar", .getBuildArchive, archiveOfBuild),
        ]
    }

    @Sendable private func listOfJob(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("job"))
        return try await offloaded { () throws(FarmError) in try Self.list([store.job(named: text)], store) }
    }

    @Sendable private func listOfBuild(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("build"))
        return try await offloaded { () throws(FarmError) in
            try Self.list(store.jobs(of: store.build(named: text)).filter { $0.tree != nil }.map(\.id), store)
        }
    }

    private static func list(_ jobs: [JobID], _ store: Store) throws(FarmError) -> Reply {
        var records: [JSONValue] = []
        for job in jobs { records += try store.artifacts(of: job).map { .object($0.json) } }
        return .json(.ok, ["artifacts": .array(records)])
    }

    /// A file of a job's tree, or what is in a folder of it.
    @Sendable private func file(_ call: Call) async throws -> Reply {
        let path = call.restOfPath
        let page = try PageRequest(call)
        let (store, text) = (services.store, call.path("job"))
        let found = try await offloaded { () throws(FarmError) in try JobFiles(text, in: store).find(path, page) }
        switch found {
        case .reply(let reply): return reply
        case .missing(let problem): throw problem
        case .file(let content, let name):
            return ContentAnswer(call: call, stalls: services.hub.stalls).reply(content, headers: Self.headers(of: name))
        }
    }

    /// Any file of any tree, by its digest.
    @Sendable private func blob(_ call: Call) async throws -> Reply {
        let digest = try UploadRoutes.digest(call.path("digest"))
        let store = services.store
        let content = try await offloaded { () throws(FarmError) -> Content? in
            guard let size = try store.sizeOfBlob(digest) else { return nil }
            return try Content.blob(digest, size: size, type: MediaType.bytes, in: store)
        }
        guard let content else {
            if call.request.method == .head, let progress = try await UploadRoutes.progress(call, digest, in: store) { return progress }
            throw Problem(404, "not_found", "\(digest) belongs to no tree of this farm")
        }
        var headers = Self.headers(of: digest.hex)
        headers[.cacheControl] = "private, max-age=31536000, immutable"
        return ContentAnswer(call: call, stalls: services.hub.stalls).reply(content, headers: headers)
    }

    @Sendable private func archiveOfJob(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("job"))
        let job = try await offloaded { () throws(FarmError) in try store.job(store.job(named: text)) }
        if job.tree == nil { throw JobFiles.absence(job) }
        return archive(call, [job], name: job.identity.name)
    }

    @Sendable private func archiveOfBuild(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("build"))
        let (build, jobs) = try await offloaded { () throws(FarmError) in
            let build = try store.build(named: text)
            return (build, try store.jobs(of: build).filter { $0.tree != nil })
        }
        return archive(call, jobs, name: build.description)
    }

    private func archive(_ call: Call, _ jobs: [JobRecord], name: String) -> Reply {
        let members = TreeFolders.of(jobs).map { (tree: $0.tree, folder: $0.name) }
        let blobs = services.store.blobs
        let body = call.streamed(services.hub.stalls) {
            ArchiveStream(TarStream(members, blobs: blobs, sourceDateEpoch: Plan.defaultSourceDateEpoch))
        } next: { stream in
            try await offloaded(on: .reading) { () throws(FarmError) in try stream.next() }.map { ByteBuffer(bytes: $0) }
        }
        var headers = Self.headers(of: name + ".tar")
        headers[.contentType] = "application/x-tar"
        return Reply(.ok, headers: headers, body: .stream(body))
    }

    /// Downloads are saved, never shown: what a build made must not run where the farm's pages do.
    private static func headers(of name: String) -> HTTPFields {
        [.contentDisposition: Disposition.attachment(name), .contentSecurityPolicy: "sandbox; default-src 'none'"]
    }
}

/// An archive that is read from several threads, one after the other.
private final class ArchiveStream: Sendable {
    private let tar: Mutex<TarStream>

    init(_ tar: TarStream) { self.tar = Mutex(tar) }

    func next() throws(FarmError) -> [UInt8]? { try tar.withLock { tar throws(FarmError) in try tar.next() } }
}
