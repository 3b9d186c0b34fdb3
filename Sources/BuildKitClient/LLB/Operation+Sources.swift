internal import SwiftProtobuf

extension Operation {
    /// How an image's name becomes a digest.
    public enum ImageResolution: String, Sendable {
        /// As the daemon is set up.
        case usual = "default"
        /// Always by asking the registry.
        case pull
        /// What the daemon has comes first.
        case local
    }

    /// The file system of an image.
    /// - Parameter reference: the whole name, with registry and tag or digest; see ``ImageReference``.
    public static func image(_ reference: String, resolution: ImageResolution = .usual, platform: Platform?) -> Operation {
        source("docker-image://" + reference, ["image.resolvemode": resolution.rawValue], platform, "image \(reference)")
    }

    /// A folder that the session `session` uploads under this name. What was uploaded under the same key before is not sent again.
    public static func local(_ name: String, session: String, key: String, platform: Platform? = nil) -> Operation {
        source("local://" + name, ["local.session": session, "local.sharedkeyhint": key], platform, "upload \(name)")
    }

    /// A Git repository.
    /// - Parameter reference: a branch, tag or commit.
    public static func git(
        _ url: String, reference: String, subfolder: String = "", keepsGitFolder: Bool = false, platform: Platform? = nil
    ) -> Operation {
        let schemeless = url.firstRange(of: "://").map { String(url[$0.upperBound...]) } ?? url
        let place = subfolder.isEmpty ? "" : ":" + subfolder
        var attributes = ["git.fullurl": url]
        if keepsGitFolder { attributes["git.keepgitdir"] = "true" }
        return source("git://\(schemeless)#\(reference)\(place)", attributes, platform, "git \(url)")
    }

    /// One file from the web.
    /// - Parameter digest: `sha256:…` that the content must have.
    public static func http(_ url: String, name: String, digest: String? = nil, platform: Platform? = nil) -> Operation {
        var attributes = ["http.filename": name]
        if let digest { attributes["http.checksum"] = digest }
        return source(url, attributes, platform, "fetch \(url)")
    }

    private static func source(_ identifier: String, _ attributes: [String: String], _ platform: Platform?, _ name: String) -> Operation {
        let operation = Pb_Op.with {
            $0.source = .with {
                $0.identifier = identifier
                $0.attrs = attributes
            }
        }
        return Operation(operation, platform: platform, name: name)
    }
}
