import FarmModel
import Testing

@testable import Execution

/// The options of bubblewrap, as values.
@Suite struct SandboxArgumentsTests {
    private var request: ExecutionRequest {
        var request = ExecutionRequest(plan: .of("echo"), workspace: Workspace(path: "/w"))
        request.dependencies = [.init(name: "zlib", path: "/t/2"), .init(name: "a/b", path: "/t/1")]
        request.caches = [.init(mount: CacheMount(id: "c", path: "/home/build/.ccache"), path: "/c/1")]
        request.secrets = [.init(use: SecretUse(name: "key", variable: "KEY", phases: ["main"]), value: Array("abcd".utf8))]
        return request
    }

    @Test func everythingInItsOrder() throws {
        let root: [SandboxMount] = [.readOnly("/usr", at: "/usr"), .link(to: "usr/bin", at: "/bin")]
        let plan = try SandboxPlan(request.plan.phases[0], of: request, root: root, ownFiles: [SandboxFile(place: "/etc/hosts", text: "h")])
        #expect(plan.command == ["/bin/sh", "-e", "/run/phase"])
        #expect(plan.files.map(\.place) == ["/etc/hosts", "/run/secrets/key", "/run/phase"])
        #expect(
            try plan.arguments.options().joined(separator: " ") == """
                --unshare-all --uid 1000 --gid 1000 --hostname bf --die-with-parent --new-session --cap-drop ALL \
                --ro-bind /usr /usr --symlink usr/bin /bin --bind /w/tmp /tmp --bind /w/build /build --bind /w/out /out \
                --bind /w/home /home/build --dir /deps --ro-bind /t/1 /deps/a/b --ro-bind /t/2 /deps/zlib \
                --perms 0444 --file 6 /etc/hosts --perms 0400 --file 7 /run/secrets/key --perms 0444 --file 8 /run/phase \
                --bind /c/1 /home/build/.ccache --proc /proc --dev /dev --remount-ro / --clearenv \
                --setenv BF_DEPS /deps --setenv BF_OUT /out --setenv BF_SECRETS /run/secrets --setenv HOME /home/build --setenv KEY abcd \
                --setenv LANG C.UTF-8 --setenv LOGNAME build \
                --setenv PATH /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --setenv SHELL /bin/sh \
                --setenv SOURCE_DATE_EPOCH 315532800 --setenv TMPDIR /tmp --setenv TZ UTC --setenv USER build --chdir /build
                """)
    }

    @Test func dependenciesThatMadeNothingAreNoMounts() throws {
        var request = request
        request.dependencies = [.init(name: "docs", path: nil)]
        let plan = try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: [])
        #expect(plan.arguments.mounts.contains(.folder("/deps/docs")))
    }

    @Test(arguments: ["a", "a/b"]) func noDependencyLiesWithinAnother(_ outer: String) {
        var request = request
        request.dependencies = [outer, "a-z", "a/b/c"].map { .init(name: $0, path: "/t") }
        #expect(throws: ExecutionFailure.self) { try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: []) }
    }

    @Test func onlyTheHostsNetworkIsShared() throws {
        for network in Phase.Network.allCases {
            var phase = request.plan.phases[0]
            phase.network = network
            let options = try SandboxPlan(phase, of: request, root: [], ownFiles: []).arguments.options()
            #expect(options.contains("--share-net") == (network == .host))
        }
    }

    @Test func secretsOnlyInTheirPhases() throws {
        let other = Phase(name: "other", command: .arguments(["make", "-j2"]))
        let plan = try SandboxPlan(other, of: request, root: [], ownFiles: [])
        #expect(plan.files.isEmpty && plan.command == ["make", "-j2"])
        #expect(!plan.arguments.variables.contains { $0.name == "KEY" })
    }

    @Test(arguments: ["..", "a/../b", "/abs", "", "a//b", "a/."])
    func namesThatLeaveTheirFolderAreRefused(_ name: String) {
        var request = request
        request.dependencies = [.init(name: name, path: "/t")]
        #expect(throws: ExecutionFailure.self) { try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: []) }
        request.dependencies = []
        request.secrets[0].use.name = name
        #expect(throws: ExecutionFailure.self) { try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: []) }
    }

    @Test func nestedDependenciesAndTooManyAreRefused() {
        var request = request
        request.dependencies = [.init(name: "a", path: "/t"), .init(name: "a/b", path: "/t")]
        #expect(throws: ExecutionFailure.self) { try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: []) }
        request.dependencies = (0..<3_000).map { .init(name: "d\($0)", path: "/t") }
        #expect(throws: ExecutionFailure.self) {
            try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: []).arguments.options()
        }
    }

    @Test func eachReasonAgainstASandboxHasItsRemedy() {
        func problem(_ change: (inout KernelSettings) -> Void) -> String {
            var settings = KernelSettings()
            (settings.unprivilegedClone, settings.mostUserNamespaces, settings.restrictedByAppArmor) = (nil, 1_000, nil)
            change(&settings)
            return SandboxCheck.problem(said: "bwrap: no", settings: settings).text
        }
        #expect(problem { $0.unprivilegedClone = 0 }.contains("kernel.unprivileged_userns_clone=1"))
        #expect(problem { $0.mostUserNamespaces = 0 }.contains("user.max_user_namespaces"))
        #expect(problem { $0.restrictedByAppArmor = 1 }.contains("AppArmor"))
        #expect(problem { _ in }.contains("(bwrap: no)"))
        #expect(SandboxCheck.run() == nil)
    }
}
