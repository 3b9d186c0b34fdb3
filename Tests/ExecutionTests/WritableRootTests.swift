import FarmModel
import Glibc
import HostSystem
import Testing

@testable import Execution

/// Roots that phases may write into, as overlays and as copies.
@Suite struct WritableRootTests {
    enum Kind: CaseIterable { case overlay, copy }

    /// An attempt of a plan that writes into a root, which it leaves in the folder `root` beside its workspace.
    private func attempt(_ scripts: String..., on kind: Kind = .overlay, root: String? = nil) throws -> TestAttempt {
        let attempt = try TestAttempt()
        attempt.request.plan = .of(scripts.enumerated().map { Phase(name: "phase-\($0)", command: .script($1)) })
        attempt.request.plan.user = 0
        attempt.request.rootPath = try root ?? makeRoot(in: attempt.folder)
        if kind == .copy { try copy(attempt) }
        return attempt
    }

    /// An attempt takes a copy that is there, as one before may have made it.
    private func copy(_ attempt: TestAttempt) throws {
        try Files.makeFolders(attempt.workspace.root)
        try Files.copyTree(try #require(attempt.request.rootPath), to: attempt.workspace.root + "/copy")
    }

    private func makeRoot(in folder: String) throws -> String {
        let root = folder + "/root"
        try copyPrograms(["sh", "cat", "ln", "ls", "mkdir", "mv", "rm", "rmdir"], to: root)
        for name in ["etc", "gone"] { try Files.makeFolder("\(root)/\(name)") }
        try Files.writeAtomically(Array("one\n".utf8), to: root + "/etc/file")
        return root
    }

    private func text(_ path: String) throws -> String { String(decoding: try Files.readAll(path, limit: 1 << 20), as: UTF8.self) }

    fileprivate static let change = "echo two >/etc/file; echo new >/new; rmdir /gone; mkdir /gone; echo x >/gone/x; rm /bin/mv"

    @Test(arguments: Kind.allCases) func phasesSeeWhatTheOnesBeforeChangedAndNobodyElse(_ kind: Kind) throws {
        let first = try attempt(Self.change, "cat /etc/file /new /gone/x; test ! -e /bin/mv; echo three >>/etc/file", on: kind)
        let root = try #require(first.request.rootPath)
        let shared = first.folder + "/cached"
        try Files.link(root + "/etc/file", to: shared)
        #expect(try first.run().result == .success)
        #expect(try first.log == "two\nnew\nx\n")
        #expect(try Files.statusIfPresent(first.workspace.root + "/changes") != nil || kind == .copy)
        #expect(try text(root + "/etc/file") == "one\n" && text(shared) == "one\n")
        #expect(try Files.entries(of: root).map(\.name) == ["bin", "etc", "gone", "lib", "lib64"])
        #expect(try Files.entries(of: root + "/gone").isEmpty && Files.statusIfPresent(root + "/bin/mv") != nil)

        let second = try attempt("cat /etc/file; ls /gone; test ! -e /new; test -e /bin/mv", on: kind, root: root)
        #expect(try second.run().result == .success)
        #expect(try second.log == "one\n")
        withExtendedLifetime(first) {}
    }

    @Test(arguments: Kind.allCases) func nothingOfItIsLeftForAnotherAttempt(_ kind: Kind) throws {
        let attempt = try attempt(Self.change, on: kind)
        #expect(try attempt.run().result == .success)
        try attempt.workspace.empty(keeping: [])
        #expect(try Files.statusIfPresent(attempt.workspace.root) == nil)
        #expect(try attempt.run().result == .success)
        try attempt.workspace.remove()
        #expect(try Files.statusIfPresent(attempt.workspace.path) == nil)
    }

    /// Another run in the same workspace, such as that of a shell, sees what phases changed.
    @Test(arguments: Kind.allCases) func aWorkspaceKeepsWhatWasChanged(_ kind: Kind) throws {
        let attempt = try attempt(Self.change, on: kind)
        #expect(try attempt.run().result == .success)
        attempt.request.plan.phases = [Phase(name: "look", command: .script("cat /etc/file"))]
        #expect(try attempt.run().result == .success)
        #expect(try attempt.log.hasSuffix("two\n"))
    }

    @Test func overlaysAreUsedWhereTheyWork() throws {
        let attempt = try attempt("true")
        let writable = try WritableRoot(of: try #require(attempt.request.rootPath), in: attempt.workspace.root)
        #expect(writable.overlay != nil)
        #expect(try Files.entries(of: attempt.workspace.root).map(\.name) == ["changes", "shown", "work"])
    }

    /// File systems that overlays cannot take changes in: another overlay is refused at the mount, and one without attributes cannot mark a
    /// folder that takes the place of another. In a process of its own, for mounts of its own.
    @Test(.enabled(if: geteuid() == 0), arguments: ["overlay", "ramfs"])
    func whereOverlaysDoNotWorkRootsAreCopied(_ type: String) async {
        await #expect(processExitsWith: .success) { [type] in
            let place = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "execution-")
            defer { try? Files.removeTree(place) }
            for name in ["lower", "upper", "work", "mounted"] { try Files.makeFolder("\(place)/\(name)") }
            let options = type == "overlay" ? "lowerdir=\(place)/lower,upperdir=\(place)/upper,workdir=\(place)/work" : ""
            try leaveMounts()
            #expect(mount(type, place + "/mounted", type, 0, options) == 0)
            do {
                let tests = WritableRootTests()
                let attempt = try TestAttempt(in: place + "/mounted/attempt")
                attempt.request.plan = .of([Self.change, "cat /etc/file /gone/x"].map { Phase(name: "phase", command: .script($0)) })
                attempt.request.plan.user = 0
                let root = try tests.makeRoot(in: attempt.folder)
                attempt.request.rootPath = root
                #expect(try attempt.run().result == .success)
                #expect(try attempt.log == "two\nx\n")
                #expect(try Files.entries(of: attempt.workspace.root).map(\.name) == ["copy"])
                #expect(try tests.text(root + "/etc/file") == "one\n")
            }
            #expect(umount2(place + "/mounted", Int32(MNT_DETACH)) == 0)
        }
    }

    /// bubblewrap would follow it outside of the sandbox.
    @Test(arguments: Kind.allCases) func linksThatPhasesLeaveInThePlaceOfFoldersLeadNowhere(_ kind: Kind) throws {
        let outside = try TestAttempt()
        for (made, place) in [("mv /home /before; ln -s TARGET /home", "/home"), ("rm -r /deps; ln -s TARGET /deps", "/deps")] {
            let target = "/oldroot\(outside.workspace.build)"
            let attempt = try attempt(made.replacing("TARGET", with: target), "echo reached", on: kind)
            let outcome = try attempt.run()
            #expect(outcome.failure?.failure == .badInput && outcome.failure?.message.hasPrefix(place) == true, "\(place): \(outcome)")
            #expect(try Files.entries(of: outside.workspace.build).isEmpty)
            #expect(try attempt.log == "")
        }
    }

    @Test(arguments: Kind.allCases) func linksOfTheRootLeadNowhereEither(_ kind: Kind) throws {
        for (path, target) in [("home/build", "/oldroot/tmp"), ("run", "/oldroot/tmp"), ("etc/resolv.conf", "../../oldroot/tmp/x")] {
            let attempt = try attempt("true")
            let root = try #require(attempt.request.rootPath)
            if path.hasPrefix("home") { try Files.makeFolder(root + "/home") }
            try Files.makeSymbolicLink("\(root)/\(path)", target: target)
            if kind == .copy { try copy(attempt) }
            attempt.request.plan.phases[0].network = .host
            attempt.request.allowsHostNetwork = true
            #expect(try attempt.run().failure?.failure == .badInput, "\(path)")
        }
    }

    /// What was removed from the root is no link any more.
    @Test(arguments: Kind.allCases) func aLinkThatAPhaseRemovesIsNoHindrance(_ kind: Kind) throws {
        let attempt = try attempt("rm /etc/resolv.conf", "cat /etc/resolv.conf >/dev/null")
        try Files.makeSymbolicLink("\(try #require(attempt.request.rootPath))/etc/resolv.conf", target: "nowhere")
        if kind == .copy { try copy(attempt) }
        attempt.request.plan.phases[1].network = .host
        attempt.request.allowsHostNetwork = true
        #expect(try attempt.run().result == .success)
    }

    @Test(arguments: Kind.allCases) func scriptsAndSecretsAreNotInTheRoot(_ kind: Kind) throws {
        let attempt = try attempt("cat /run/secrets/token >/dev/null; rm -rf /run 2>/dev/null || true; echo 1", "ls /run", on: kind)
        attempt.request.secrets = [
            .init(use: SecretUse(name: "token", variable: "TOKEN", phases: ["phase-0"]), value: Array("hidden value".utf8))
        ]
        #expect(try attempt.run().result == .success)
        #expect(try attempt.log == "1\nphase\n")
    }
}

/// Gives the calling thread, and those it starts, mounts of their own that nobody else sees. The C library shows unshare(2) to GNU programs only.
private func leaveMounts() throws {
    typealias Unshare = @convention(c) (Int32) -> Int32
    let newMounts: Int32 = 0x20000
    let unshare = unsafeBitCast(try #require(dlsym(nil, "unshare")), to: Unshare.self)
    try #require(unshare(newMounts) == 0 && mount(nil, "/", nil, UInt(MS_REC | MS_SLAVE), nil) == 0)
}
