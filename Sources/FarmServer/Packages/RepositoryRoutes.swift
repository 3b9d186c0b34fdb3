import FarmAPI
import FarmModel
import FarmStore
import Glibc
import HTTPTypes
import HostSystem
import NIOCore

/// The repository of finished packages, as apk reads one: `/packages` is what stands in /etc/apk/repositories.
struct RepositoryRoutes {
    let services: Services

    /// The folder of public keys in the place of an architecture.
    static let keys = "keys"

    var routes: [Route] { [Route(.get, "/packages/{arch}/{file}", .getPackage, file)] }

    @Sendable private func file(_ call: Call) async throws -> Reply {
        // Names of packages and versions have characters that many clients encode: libstdc++.
        let (folder, name) = (call.path("arch"), PercentText.decoded(call.path("file")) ?? "")
        let (repository, keys) = (services.repository, services.packageKeys)
        let content = try await offloaded { () throws(FarmError) in
            folder == Self.keys ? try keys(name).map { Content(text: $0) } : try Self.content(of: name, in: folder, below: repository)
        }
        guard let content else {
            throw Problem(404, "not_found", "the repository has no \(folder)/\(name); it has what jobs of melange configurations have made")
        }
        return ContentAnswer(call: call, stalls: services.hub.stalls).reply(content)
    }

    /// A file of the repository; nil for what is none of its own.
    private static func content(of name: String, in folder: String, below repository: String) throws(FarmError) -> Content? {
        guard Architecture(folder)?.name == folder, name == "APKINDEX.tar.gz" || name.hasSuffix(".apk"), name.hasOnlyPathNames,
            !name.contains("/"), !name.utf8.contains(0)
        else { return nil }
        do throws(SystemError) {
            let root = try Files.open(repository, [.read, .folder])
            let file = try Files.open("\(folder)/\(name)", beneath: root, [.read, .nonBlocking])
            let status = try file.status()
            guard status.type == .regular else { return nil }
            return Content(file: file, status: status)
        } catch {
            if error.leadsNowhere { return nil }
            throw FarmError(error)
        }
    }
}

extension SystemError {
    /// No file of a folder: nothing is there, or it is a link, which might lead out of it.
    fileprivate var leadsNowhere: Bool { [ENOENT, ENOTDIR, ELOOP, EXDEV, ENAMETOOLONG].contains(code) }
}

extension Content {
    /// A file that is replaced, but never changed: what tells one from the next are its number, time and size.
    fileprivate init(file: Descriptor, status: FileStatus) {
        let tag = "\"\(status.inode)-\(status.modifiedNanoseconds)-\(status.size)\""
        self.init(size: status.size, type: MediaType.bytes, tag: tag) { offset, limit throws(FarmError) in
            ByteBuffer(bytes: try FarmError.wrap { () throws(SystemError) in try file.read(atMost: limit, at: offset) })
        }
    }

    fileprivate init(text: String) {
        let bytes = ByteBuffer(string: text)
        self.init(size: Int64(bytes.readableBytes), type: MediaType.text, tag: "\"\(Digest.of(Array(text.utf8)).hex)\"") { offset, limit in
            bytes.getSlice(at: Int(offset), length: min(limit, bytes.readableBytes - Int(offset))) ?? ByteBuffer()
        }
    }
}

extension Operation {
    fileprivate static let getPackage = Operation(
        "getPackage", "A package, an index (APKINDEX.tar.gz), or below keys the public key of both", role: .read,
        answers: [
            .bytes("The file.", "application/octet-stream", "text/plain"),
            Answer(206, "A range of it.", [("application/octet-stream", ["type": "string"])]), Answer(304, "The client has it already."),
        ], problems: [416: "The file has fewer bytes."])
}
