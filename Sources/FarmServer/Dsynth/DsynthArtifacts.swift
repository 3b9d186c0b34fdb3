import FarmAPI
import FarmModel
import FarmStore
import HTTPTypes
import HostSystem
import Hummingbird
import NIOCore

/// go-dsynth's packages of a build: its only file, or the way to all of them.
struct DsynthArtifacts: Sendable {
    let services: Services

    private static let chunkBytes = 256 << 10

    var routes: [Route] { [Route(.get, "/artifacts/{build}", .dsynthGetArtifact, dialect: .dsynth) { try await get($0) }] }

    private enum Found: Sendable {
        case noBuild
        case nothing
        case file(ArtifactRecord, Descriptor)
        case several(BuildID)
    }

    private func get(_ call: Call) async throws -> Reply {
        let (store, text) = (services.store, call.path("build"))
        switch try await offloaded({ () throws(FarmError) in try Self.find(text, in: store) }) {
        case .noBuild: throw DsynthError.buildNotFound(text)
        case .nothing: throw DsynthError.artifactNotFound(text)
        case .file(let artifact, let file): return send(artifact, file, call)
        case .several(let build): return Reply(.seeOther, headers: [.location: "/api/v1/native/builds/\(build)/artifacts.tar"])
        }
    }

    private static func find(_ text: String, in store: Store) throws(FarmError) -> Found {
        guard let build = try store.build(text, in: DsynthBuilds.dialect) else { return .noBuild }
        var artifacts: [ArtifactRecord] = []
        for job in try store.jobs(of: build) where job.state == .success { artifacts += try store.artifacts(of: job.id) }
        guard let first = artifacts.first else { return .nothing }
        guard artifacts.count == 1, first.path != nil else { return .several(build) }
        return .file(first, try store.blobs.open(first.digest))
    }

    private func send(_ artifact: ArtifactRecord, _ file: Descriptor, _ call: Call) -> Reply {
        let (stalls, channel) = (services.hub.stalls, call.context.channel)
        let size = artifact.bytes
        let body = ResponseBody(contentLength: Int(size)) { writer in
            var offset: Int64 = 0
            while offset < size {
                let start = offset
                let bytes = try await offloaded { () throws(FarmError) in
                    try FarmError.wrap { () throws(SystemError) in try file.read(atMost: Self.chunkBytes, at: start) }
                }
                guard !bytes.isEmpty else { throw FarmError(.inputOutput, "\(artifact.digest) is shorter than it was") }
                offset += Int64(bytes.count)
                try await stalls.guarding(channel) { try await writer.write(ByteBuffer(bytes: bytes)) }
            }
            try await writer.finish(nil)
        }
        var headers: HTTPFields = [.contentType: "application/octet-stream", .eTag: "\"\(artifact.digest.hex)\""]
        headers[.contentDisposition] = "attachment; filename=\"\(Self.safeName(artifact.fileName ?? artifact.name))\""
        return Reply(.ok, headers: headers, body: .stream(body))
    }

    /// A name that can stand between quotes in a header.
    private static func safeName(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { $0.isASCII && $0.value > 32 && !"\"\\/".unicodeScalars.contains($0) ? $0 : "_" }))
    }
}
