import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import NIOCore

/// Files and trees that are uploaded before documents name them: only what is missing, and each file in as many requests as it takes.
struct UploadRoutes {
    let services: Services

    var routes: [Route] {
        [
            Route(.post, "/blobs/missing", .listMissingBlobs, missing),
            Route(.put, "/blobs/{digest}", .putBlob) { call in try await receive(call, startsAnew: true) },
            Route(.patch, "/blobs/{digest}", .patchBlob) { call in try await receive(call, startsAnew: false) },
            Route(.post, "/trees", .createTree, createTree),
        ]
    }

    private var uploads: Uploads { Uploads(store: services.store) }

    @Sendable private func missing(_ call: Call) async throws -> Reply {
        guard let texts = try await call.object()["digests"]?.array else {
            throw Problem(400, "bad_request", "the body is {\"digests\": [...]}")
        }
        let digests = try texts.map { value throws(Problem) in try Self.digest(value.string ?? "") }
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            let missing = try store.missingBlobs(digests)
            return Reply.json(.ok, ["missing": .array(missing.map { .string($0.description) })])
        }
    }

    /// Takes a file, or a part of one.
    private func receive(_ call: Call, startsAnew: Bool) async throws -> Reply {
        let digest = try Self.digest(call.path("digest"))
        let (uploads, owner, store) = (uploads, call.caller.owner, services.store)
        let request = try UploadRequest(call, needsOffset: !startsAnew)
        if let length = request.length, length > uploads.limits.bytes {
            throw Problem(413, "too_large", "a file has at most \(SizeText.text(bytes: uploads.limits.bytes))")
        }
        let upload = try await offloaded(on: .waiting) { () throws(FarmError) -> Upload? in
            if try store.missingBlobs([digest]).isEmpty { return nil }
            return try uploads.open(digest, owner: owner)
        }
        guard let upload else { return Self.complete(.ok, digest) }
        if startsAnew {
            try await offloaded(on: .waiting) { () throws(FarmError) in try upload.restart() }
        } else if upload.offset != request.offset {
            var reply = Reply.problem(
                Problem(409, "wrong_offset", "go on at the offset \(upload.offset), not \(request.offset)"),
                requestID: call.context.requestID)
            reply.headers[.uploadOffset] = String(upload.offset)
            return reply
        }
        try await UploadPump(upload).run(call.request.body)
        guard request.isComplete else {
            return Reply(.noContent, headers: [.uploadOffset: String(upload.offset), .uploadComplete: "?0"])
        }
        _ = try await offloaded(on: .waiting) { () throws(FarmError) in try upload.finish() }
        return Self.complete(.created, digest)
    }

    private static func complete(_ status: HTTPResponse.Status, _ digest: Digest) -> Reply {
        var reply = Reply.json(status, ["digest": .string(digest.description)])
        reply.headers[.uploadComplete] = "?1"
        return reply
    }

    /// What has come of a file; for `HEAD`.
    static func progress(_ call: Call, _ digest: Digest, in store: Store) async throws -> Reply? {
        let owner = call.caller.owner
        return try await offloaded { () throws(FarmError) in
            if try store.missingBlobs([digest]).isEmpty { return Reply(.ok, headers: [.uploadComplete: "?1"]) }
            guard let offset = Uploads(store: store).offset(of: digest, owner: owner) else { return nil }
            return Reply(.noContent, headers: [.uploadOffset: String(offset), .uploadComplete: "?0", .cacheControl: "no-store"])
        }
    }

    @Sendable private func createTree(_ call: Call) async throws -> Reply {
        let (uploads, owner) = (uploads, call.caller.owner)
        let bytes = try await call.body(limit: uploads.limits.manifestBytes)
        switch try await offloaded(on: .waiting, { () throws(FarmError) in try uploads.addTree(bytes, owner: owner) }) {
        case .added(let tree): return .json(.created, ["tree": .string(tree.description)])
        case .missing(let digests):
            var document = Problem(409, "missing_blobs", "\(digests.count) files of the tree are missing; upload them first")
                .json(requestID: call.context.requestID)
            document.add("missing", .array(digests.prefix(Self.shownDigests).map { .string($0.description) }))
            return .json(.conflict, .object(document), type: "application/problem+json")
        }
    }

    private static let shownDigests = 1_000

    static func digest(_ text: String) throws(Problem) -> Digest {
        guard let digest = Digest(text) else {
            throw Problem(404, "not_found", "\(JSONValue.string(text).text) is no digest: sha256: and 64 hexadecimal digits")
        }
        return digest
    }
}
