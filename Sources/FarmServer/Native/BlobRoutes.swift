import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Files and trees by their digests: what is there, and what is brought.
struct BlobRoutes {
    let services: Services

    private var uploads: Uploads { Uploads(store: services.store) }

    var routes: [Route] {
        [
            Route(.post, "/blobs/missing", .missingBlobs, missing), Route(.get, "/blobs/{digest}", .getBlob, get),
            Route(.put, "/blobs/{digest}", .putBlob, put), Route(.patch, "/blobs/{digest}", .patchBlob, patch),
            Route(.get, "/blobs/{digest}/upload", .getUpload, progress), Route(.post, "/trees", .addTree, addTree),
        ]
    }

    @Sendable private func missing(_ call: Call) async throws -> Reply {
        guard let texts = try await call.object()["digests"]?.array else { throw Problem(400, "bad_json", "\"digests\" is missing") }
        let digests = try texts.map { text throws(Problem) in try Digest(asked: text.string ?? "") }
        let store = services.store
        return try await offloaded { () throws(FarmError) in
            Reply.json(.ok, ["missing": .array(try store.missingBlobs(digests).map { .string($0.description) })])
        }
    }

    /// A file, or the part that the Range header asks for.
    @Sendable private func get(_ call: Call) async throws -> Reply {
        let digest = try Digest(asked: call.path("digest"))
        let store = services.store
        let file = try await offloaded { () throws(FarmError) in try BlobFile(digest, in: store.blobs) }
        return try await file.reply(to: call)
    }

    /// A whole file.
    @Sendable private func put(_ call: Call) async throws -> Reply {
        let (digest, uploads, owner) = (try Digest(asked: call.path("digest")), uploads, call.caller.owner)
        let upload = try await offloaded { () throws(FarmError) in
            let upload = try uploads.open(digest, owner: owner)
            try upload.restart()
            return upload
        }
        try await take(call, into: upload)
        return try await finish(upload)
    }

    /// A piece of a file, where the pieces before it are there.
    @Sendable private func patch(_ call: Call) async throws -> Reply {
        let (digest, uploads, owner) = (try Digest(asked: call.path("digest")), uploads, call.caller.owner)
        guard let offset = call.request.headers[.uploadOffset].flatMap({ Int64($0) }) else {
            throw Problem(400, "bad_header", "the header Upload-Offset tells where the piece begins, in bytes")
        }
        let upload = try await offloaded { () throws(FarmError) in try uploads.open(digest, owner: owner) }
        guard upload.offset == offset else {
            throw Problem(409, "wrong_offset", "\(upload.offset) bytes of \(digest) have come, the piece begins at \(offset)")
        }
        try await take(call, into: upload)
        if call.request.headers[.uploadComplete] == "?1" { return try await finish(upload) }
        return Reply.json(.ok, ["offset": .int(upload.offset)])
    }

    @Sendable private func progress(_ call: Call) async throws -> Reply {
        let (digest, uploads, owner) = (try Digest(asked: call.path("digest")), uploads, call.caller.owner)
        return try await offloaded { () throws(FarmError) in
            Reply.json(.ok, ["offset": .int(uploads.offset(of: digest, owner: owner) ?? 0)])
        }
    }

    @Sendable private func addTree(_ call: Call) async throws -> Reply {
        let (uploads, owner) = (uploads, call.caller.owner)
        let manifest = try await call.body(limit: uploads.limits.manifestBytes)
        let added = try await offloaded { () throws(FarmError) in try uploads.addTree(manifest, owner: owner) }
        switch added {
        case .added(let tree): return Reply.json(.created, ["tree": .string(tree.description)])
        case .missing(let digests):
            throw Problem(
                409, "missing_blobs",
                "\(digests.count) files of the tree are missing, for instance \(digests.first.map(\.description) ?? ""); upload them first")
        }
    }

    private func take(_ call: Call, into upload: Upload) async throws {
        for try await buffer in call.request.body {
            let bytes = Array(buffer.readableBytesView)
            try await offloaded { () throws(FarmError) in try upload.append(bytes) }
        }
    }

    private func finish(_ upload: Upload) async throws -> Reply {
        let bytes = try await offloaded { () throws(FarmError) in try upload.finish() }
        return Reply.json(.created, ["digest": .string(upload.digest.description), "bytes": .int(bytes)])
    }
}

extension Digest {
    /// A digest as a request names it.
    fileprivate init(asked text: String) throws(Problem) {
        guard let digest = Digest(text) else {
            throw Problem(400, "bad_digest", "\(JSONValue.string(text).text) is no digest: sha256: and 64 small hexadecimal digits")
        }
        self = digest
    }
}

extension HTTPField.Name {
    /// How many bytes of an upload came before.
    static let uploadOffset = HTTPField.Name("Upload-Offset") ?? .range
    /// `?1` for the last piece of an upload.
    static let uploadComplete = HTTPField.Name("Upload-Complete") ?? .range
}
