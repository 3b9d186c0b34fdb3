import FarmModel
import HostSystem
import Testing

@testable import Execution

/// Workspaces that one attempt leaves to the next.
@Suite struct WorkspaceTests {
    private func inode(_ path: String) throws -> UInt64 { try Files.status(path).inode }

    private func names(in path: String) throws -> [String] { try Files.entries(of: path).compactMap(\.name) }

    @Test func foldersAreEmptiedAndStay() throws {
        let attempt = try TestAttempt()
        let workspace = attempt.workspace
        let before = try inode(workspace.build)
        try Files.makeFolders(workspace.build + "/a/b")
        try Files.makeFolders(workspace.dependencies + "/d")
        try Files.makeSymbolicLink(workspace.out + "/link", target: workspace.home)
        try Files.open(workspace.path + "/lock", [.write, .create]).writeAll([1])
        try Files.makeFolder(workspace.phase)
        #expect(try workspace.empty(keeping: ["lock"]))
        #expect(try names(in: workspace.path) == ["build", "deps", "home", "lock", "out", "tmp"])
        for folder in [workspace.build, workspace.out, workspace.dependencies] { #expect(try names(in: folder).isEmpty) }
        #expect(try inode(workspace.build) == before)
    }

    @Test func whatIsNotAsItWasMadeGoes() throws {
        let attempt = try TestAttempt()
        let workspace = attempt.workspace
        try Files.setPermissions(workspace.out, 0o777)
        try Files.removeFolder(workspace.home)
        try Files.makeSymbolicLink(workspace.home, target: workspace.build)
        try Files.open(workspace.temporary + "/kept", [.write, .create]).writeAll([1])
        #expect(try !workspace.empty(keeping: ["out", "kept"]))
        #expect(try names(in: workspace.path) == ["build", "tmp"])
        try workspace.create()
        #expect(try workspace.empty(keeping: []) && !workspace.empty(keeping: ["lock"]))
        #expect(try Files.status(workspace.out).permissions == 0o755)
        #expect(try Files.status(workspace.home).type == .folder)
        withExtendedLifetime(attempt) {}
    }

    @Test func attributesDoNotGoOnToTheNext() throws {
        let attempt = try TestAttempt(
            "setfattr -n user.note -v 1 $BF_OUT 2>/dev/null || python3 -c 'import os; os.setxattr(os.environ[\"BF_OUT\"], \"user.note\", b\"1\")'"
        )
        #expect(try attempt.run().result == .success)
        try attempt.workspace.empty(keeping: [])
        #expect(try Files.statusIfPresent(attempt.workspace.out) == nil)
    }

    @Test(arguments: [Isolation.none, .sandbox]) func emptyDependenciesAreFolders(_ isolation: Isolation) throws {
        let attempt = try TestAttempt(
            "cd $BF_DEPS; for d in one two sub/three; do test -d $d; test -z \"$(ls -A $d/)\"; done", isolation: isolation)
        attempt.request.dependencies = ["one", "two", "sub/three"].map { .init(name: $0, path: nil) }
        for _ in 1...2 {
            #expect(try attempt.run().result == .success)
            try attempt.workspace.empty(keeping: [])
        }
    }

    /// Neither a script nor secrets of one phase are there for the next.
    @Test func aPhaseFindsNothingOfTheOneBefore() throws {
        let attempt = try TestAttempt(isolation: .none)
        let list = ["/bin/sh", "-c", "ls $BF_OUT/../phase >>$BF_OUT/seen 2>/dev/null; true"]
        attempt.request.plan = .of([
            Phase(name: "list", command: .arguments(list)), Phase(name: "script", command: .script("true")),
            Phase(name: "again", command: .arguments(list)),
        ])
        #expect(try attempt.run().result == .success)
        #expect(try attempt.output("seen").isEmpty)
        attempt.request.plan = .of("rm -r $BF_OUT/../phase; ln -s $BF_OUT $BF_OUT/../phase")
        for _ in 1...2 { #expect(try attempt.run().result == .success) }
        #expect(try Files.statusIfPresent(attempt.workspace.out + "/script") == nil)
    }
}
