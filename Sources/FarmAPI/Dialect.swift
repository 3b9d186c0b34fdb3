internal import Documents
internal import FarmModel

/// Which service's clients a request or a resource of the shared paths below `/api/v1` belongs to.
public enum Dialect: String, Sendable, CaseIterable {
    /// Our own.
    case native
    /// The melange build services.
    case melange
    /// go-dsynth.
    case dsynth

    /// Whose request for builds (`POST /api/v1/builds`) a body is.
    ///
    /// `packages` is go-dsynth's key; `config_yaml`, `configs` and `git_source` are melange's; another mapping that says what it is is a
    /// document of our own, in YAML or JSON. What remains gets melange's errors.
    public static func ofBuildRequest(_ body: [UInt8]) -> Dialect {
        let first = FirstDocument(body)
        if first.keys.contains("packages") { return .dsynth }
        return first.keys.isDisjoint(with: ["config_yaml", "configs", "git_source"]) && first.isNative ? .native : .melange
    }

    /// Whose request for a job (`POST /api/v1/jobs`) a body is.
    public static func ofJobRequest(_ body: [UInt8]) -> Dialect {
        let first = FirstDocument(body)
        return !first.keys.contains("config_yaml") && first.isNative ? .native : .melange
    }

    /// Whose resource an id names, by its form; nil if it has none that is known.
    public static func ofID(_ id: String) -> Dialect? {
        switch DialectID(of: id) {
        case .melangeJob, .melangeBuild: .melange
        case .dsynthBuild: .dsynth
        case nil: ["b-", "j-", "a-"].contains { id.hasPrefix($0) } ? .native : nil
        }
    }

    /// Who is told that there is no build of this id, if it has no form that is known: go-dsynth's clients where it has the dashes of a UUID,
    /// else melange's.
    public static func ofBuildPath(_ id: String) -> Dialect {
        ofID(id) ?? (id.contains("-") && !id.hasPrefix("bld-") ? .dsynth : .melange)
    }
}

/// The first document of a body, as far as is needed to tell dialects apart.
private struct FirstDocument {
    /// The keys of its mapping.
    var keys: Set<String> = []
    /// Whether it may be a document of our own.
    var isNative = false

    init(_ body: [UInt8]) {
        let start = body.first { $0 > 32 }
        var node: DocumentNode?
        do throws(DocumentFault) {
            try DocumentInput(name: "body", bytes: body, base: nil).read { document in
                node = document
                return false
            }
        } catch {
            if let object = try? RequestObject(body: body).object {
                keys = Set(object.members.map(\.key))
            } else {
                isNative = start != UInt8(ascii: "{") && start != UInt8(ascii: "[")
            }
            return
        }
        guard let members = node?.members else { return }
        keys = Set(members.map(\.key))
        isNative = start != UInt8(ascii: "{") || !keys.isDisjoint(with: ["kind", "recipe", "name", "phases", "run", "matrix"])
    }
}
