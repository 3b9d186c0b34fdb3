import FarmAPI
import FarmModel
import HTTPTypes
import NIOCore

/// The page that shows the farm. It is for anybody: what it shows comes from the native interface, which wants to know who asks.
struct DashboardRoutes {
    /// Scripts, styles and connections of this server only; nothing written into the page runs.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private let page: Reply
    private let assets: [String: Reply]

    init() {
        let version = Self.version(of: [.index] + DashboardFile.assets)
        let text = String(decoding: DashboardFile.index.bytes, as: UTF8.self).replacing("{modules}", with: Self.preloads)
            .replacing("{version}", with: version)
        page = Self.reply(DashboardFile(name: DashboardFile.index.name, bytes: Array(text.utf8)), caching: "no-cache")
        assets = Dictionary(
            DashboardFile.assets.map { ("\(version)/\($0.name)", Self.reply($0, caching: "public, max-age=31536000, immutable")) }
        ) { first, _ in first }
    }

    var routes: [Route] {
        let (page, assets) = (page, assets)
        return [
            Route(.get, "/", .getDashboard) { _ in page },
            Route(.get, "/assets/{version}/{name}", .getDashboardAsset) { call in
                guard let asset = assets["\(call.path("version"))/\(call.path("name"))"] else {
                    throw Problem(404, "not_found", "the page has no such file; load it again")
                }
                return asset
            },
        ]
    }

    /// Modules are asked for at once, not each when another one that needs it is there.
    private static let preloads = DashboardFile.assets.filter { $0.name.hasSuffix(".js") }
        .map { "<link rel=\"modulepreload\" href=\"/assets/{version}/\($0.name)\">" }.joined(separator: "\n")

    /// Names what the page is made of: with another page, browsers ask for other addresses.
    private static func version(of files: [DashboardFile]) -> String {
        var bytes: [UInt8] = []
        for file in files {
            bytes += Array("\(file.name) \(file.bytes.count)\n".utf8) + file.bytes
        }
        return String(Digest.of(bytes).hex.prefix(16))
    }

    private static func reply(_ file: DashboardFile, caching: String) -> Reply {
        var headers: HTTPFields = [.contentType: file.type, .cacheControl: caching, .contentSecurityPolicy: policy]
        headers[.eTag] = "\"" + String(Digest.of(file.bytes).hex.prefix(32)) + "\""
        headers[.referrerPolicy] = "no-referrer"
        headers[.frameOptions] = "DENY"
        return Reply(.ok, headers: headers, body: .bytes(ByteBuffer(bytes: file.bytes)))
    }
}

extension HTTPField.Name {
    /// What a browser tells other sites about where a request came from.
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .contentSecurityPolicy
    /// For browsers that do not know `frame-ancestors`.
    fileprivate static let frameOptions = HTTPField.Name("X-Frame-Options") ?? .contentSecurityPolicy
}

extension Operation {
    fileprivate static let getDashboard = Operation(
        "getDashboard", "The page that shows the farm", role: nil, answers: [.bytes("The page.", "text/html")])
    fileprivate static let getDashboardAsset = Operation(
        "getDashboardAsset", "A script, style or picture of the page", role: nil,
        answers: [.bytes("The file.", "text/javascript", "text/css", "image/svg+xml")])
}
