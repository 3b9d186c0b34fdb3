internal import FarmModel

/// Where a phase finds things, as it sees them.
package struct PhasePlaces: Equatable {
    /// Sources and intermediate files.
    package var build: String
    /// The outputs.
    package var out: String
    /// The trees of other jobs.
    package var dependencies: String
    /// `$TMPDIR`
    package var temporary: String
    /// `$HOME`
    package var home: String
    /// A file each secret.
    package var secrets: String

    /// The places inside a sandbox, and in containers.
    package static let sandbox = PhasePlaces(
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
    package func workingDirectory(_ given: String?) -> String {
        guard let given else { return build }
        return given.isAbsolutePath ? given : "\(build)/\(given)"
    }
}
