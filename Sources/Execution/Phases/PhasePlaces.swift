internal import FarmModel

/// Where a phase finds things, as it sees them.
struct PhasePlaces: Equatable {
    var build: String
    var out: String
    var dependencies: String
    var temporary: String
    var home: String
    var secrets: String

    /// The places inside a sandbox.
    static let sandbox = PhasePlaces(
        build: "/build", out: "/out", dependencies: "/deps", temporary: "/tmp", home: "/home/build", secrets: "/run/secrets")

    /// The places of phases that see the machine as it is.
    init(_ workspace: Workspace) {
        build = workspace.build
        out = workspace.out
        dependencies = workspace.dependencies
        temporary = workspace.temporary
        home = workspace.home
        secrets = workspace.phase + "/secrets"
    }

    private init(build: String, out: String, dependencies: String, temporary: String, home: String, secrets: String) {
        self.build = build
        self.out = out
        self.dependencies = dependencies
        self.temporary = temporary
        self.home = home
        self.secrets = secrets
    }

    /// A phase's working directory: relative ones start at the build folder.
    func workingDirectory(_ given: String?) -> String {
        guard let given else { return build }
        return given.isAbsolutePath ? given : "\(build)/\(given)"
    }
}
