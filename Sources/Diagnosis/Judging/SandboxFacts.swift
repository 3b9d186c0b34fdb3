import Execution
import FarmModel

/// What decides whether jobs can be kept apart from the machine.
struct SandboxFacts: Sendable {
    /// The version of bubblewrap; nil where it is not installed.
    var version: String?
    /// Why no sandbox can be made; nil if one was made.
    var problem: MissingAbility?
    /// The kernel's settings on user namespaces.
    var settings: KernelSettings
    /// Whether a user namespace could be made; nil if that could not be tried.
    var makesNamespaces: Bool?
    /// Why a sandbox can have no network; nil if it can.
    var networkProblem: MissingAbility?

    var checks: [CheckRecord] { [sandbox, namespaces, network] }

    private var sandbox: CheckRecord {
        let program = "bubblewrap \(version ?? "")"
        guard let problem else { return CheckRecord("sandbox", .ok, "\(program) makes sandboxes") }
        return CheckRecord("sandbox", .problem, problem.cause, remedy: problem.remedy)
    }

    private var namespaces: CheckRecord {
        let name = "namespaces"
        let most = settings.mostUserNamespaces.map { " (at most \($0))" } ?? ""
        if makesNamespaces == true { return CheckRecord(name, .ok, "user namespaces can be made\(most)") }
        if let obstacle = settings.obstacle {
            // Root and a set-user-id bubblewrap need none.
            return CheckRecord(name, problem == nil ? .warning : .problem, obstacle, remedy: settings.remedy)
        }
        guard makesNamespaces == false else {
            return CheckRecord(name, .absent, "nothing forbids user namespaces\(most); without bubblewrap none was tried")
        }
        return CheckRecord(
            name, problem == nil ? .warning : .problem, "user namespaces cannot be made, though no setting forbids them",
            remedy: "in a container allow it user namespaces and mounts")
    }

    private var network: CheckRecord {
        guard let problem = networkProblem else { return CheckRecord("network", .ok, "slirp4netns connects phases with network: internet") }
        return CheckRecord("network", problem.isMissing ? .absent : .warning, problem.cause, remedy: problem.remedy)
    }
}
