import Execution
import FarmModel
import HostSystem
import Testing

@testable import RemoteExecution

/// By a real shell, which is what reads them in a container.
@Suite struct PhaseSecretsTests {
    private func request(_ secrets: [ExecutionRequest.Secret]) -> ExecutionRequest {
        let plan = Plan(
            environment: .image("image"), architecture: .native, phases: [Phase(name: "build", command: .arguments(["true"]))])
        var request = ExecutionRequest(plan: plan, workspace: Workspace(path: "/nonexistent"))
        request.secrets = secrets
        return request
    }

    private func secrets(_ request: ExecutionRequest, searchPath: String? = nil) throws -> PhaseSecrets {
        try PhaseSecrets(request.plan.phases[0], of: request, searchPath: searchPath, folder: "/nonexistent/folder")
    }

    /// What a command behind the gate prints.
    private func output(_ secrets: PhaseSecrets, _ command: [String]) throws -> String {
        let result = try Subprocess.run(
            secrets.gate(readsInput: !secrets.isEmpty) + command,
            environment: ["PATH=/usr/bin:/bin", "HOSTNAME=x", "container=y", "TERM=z"], input: secrets.input,
            deadline: Clock.boottimeMilliseconds + 60_000)
        // There is no folder for the files of secrets here, and the shell says so.
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.drop { $0.contains("/nonexistent/folder") }.joined(separator: "\n")
    }

    @Test(arguments: ["plain", "with 'quotes' \"and\" $(echo more) `x` \\ %s %%", "lines\n\nat the end\n\n", "ünï", "-n", ""])
    func variablesArriveAsTheyAre(value: String) throws {
        let use = SecretUse(name: "token", variable: "TOKEN")
        let secrets = try secrets(request([.init(use: use, value: Array(value.utf8))]))
        #expect(!secrets.plainVariables.contains { $0.name == "TOKEN" })
        #expect(try output(secrets, ["printenv", "TOKEN"]) == value + "\n")
        #expect(
            try output(secrets, ["sh", "-c", "echo ${line-unset} $HOSTNAME$container$TERM >&2; read -r x || echo end"]) == "unset\nend\n")
    }

    @Test func valuesAreNotInTheCommand() throws {
        let use = SecretUse(name: "token", variable: "TOKEN")
        let secrets = try secrets(request([.init(use: use, value: Array("hidden".utf8))]))
        #expect(!secrets.gate(readsInput: true).joined().contains("hidden"))
        #expect(!secrets.isEmpty)
    }

    @Test func namesThatAreNoNamesAreRefused() {
        for use in [
            SecretUse(name: "../x"), SecretUse(name: "a\nb"), SecretUse(name: "x", variable: "A B"), SecretUse(name: "x", variable: "1"),
        ] {
            #expect(throws: ExecutionFailure.self, "\(use)") { try secrets(request([.init(use: use, value: [1])])) }
        }
    }

    @Test func anImageBringsItsSearchPathUnlessThePlanDoes() throws {
        func path(_ request: ExecutionRequest) throws -> String? {
            try secrets(request, searchPath: "/image/bin").plainVariables.first { $0.name == "PATH" }?.value
        }
        var request = request([])
        #expect(try path(request) == "/image/bin")
        request.plan.variables["PATH"] = "/own"
        #expect(try path(request) == "/own")
    }
}
