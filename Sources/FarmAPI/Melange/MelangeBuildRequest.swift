internal import FarmModel

/// `POST /api/v1/builds` of the second melange service: one package or several.
public struct MelangeBuildRequest: Sendable, Equatable {
    /// Where the configurations come from.
    public enum Source: Sendable, Equatable {
        /// They stand in the request.
        case texts([String])
        /// They are files of a repository.
        case git(MelangeGitSource)
    }

    /// How packages of one build depend on each other.
    public enum Mode: String, Sendable {
        /// In the order of what their environments hold.
        case dag
        /// Not at all.
        case flat
    }

    /// Where the configurations come from.
    public var source: Source
    /// What is said beside them.
    public var options: MelangeBuildOptions

    /// Reads a body.
    /// - Throws: `MelangeError` with status 400.
    public init(body: [UInt8]) throws(MelangeError) {
        let read = try MelangeError.reading { () throws(RequestObject.Fault) in
            let object = try RequestObject(body: body)
            return (try MelangeBuildSources(object), try MelangeBuildOptions(object))
        }
        source = try read.0.chosen()
        options = read.1
    }
}

/// The three places where configurations may stand, of which the most general one counts.
private struct MelangeBuildSources {
    var git: MelangeGitSource?
    var texts: [String]?
    var text: String?

    init(_ object: RequestObject) throws(RequestObject.Fault) {
        git = try object.child("git_source").map { source throws(RequestObject.Fault) in try MelangeGitSource(source) }
        texts = try object.strings("configs")
        text = try object.string("config_yaml")
    }

    func chosen() throws(MelangeError) -> MelangeBuildRequest.Source {
        if let git {
            guard !git.repository.isEmpty else { throw MelangeError(400, "invalid git source: git source repository is required") }
            return .git(git)
        }
        if let texts, !texts.isEmpty { return .texts(texts) }
        if let text, !text.isEmpty { return .texts([text]) }
        throw MelangeError(400, "config_yaml, configs, or git_source is required")
    }
}
