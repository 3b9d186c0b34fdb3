import Glibc
import HostSystem
import Testing

@Suite struct TreeRemovalTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// Runs a Python script with the tree's path as argument.
    private func build(_ script: String) throws {
        let result = try Subprocess.run(
            ["python3", "-c", "import os, sys\nroot = sys.argv[1]\nos.mkdir(root)\nos.chdir(root)\n" + script, folder("tree")],
            environment: searchPath, deadline: farDeadline)
        try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
    }

    private func remove() throws -> Bool {
        try Files.removeTree(folder("tree"))
        return try Files.statusIfPresent(folder("tree")) == nil
    }

    @Test func linksOutAreNotFollowed() throws {
        try Files.makeFolders(folder("outside/inner"))
        try folder.write("kept", to: "outside/inner/file")
        try build(
            """
            os.symlink('../outside', 'out'); os.symlink('../outside/inner/file', 'file'); os.symlink('.', 'self'); os.symlink('a', 'a')
            os.makedirs('x/y'); os.symlink('../../../outside', 'x/y/out'); os.link('../outside/inner/file', 'x/hard')
            """)
        #expect(try remove())
        #expect(try folder.text(of: "outside/inner/file") == "kept")
    }

    @Test func aLinkInPlaceOfTheTreeIsOnlyRemoved() throws {
        try Files.makeFolder(folder("outside"))
        try folder.write("kept", to: "outside/file")
        try Files.makeSymbolicLink(folder("tree"), target: "outside")
        #expect(try remove())
        #expect(try folder.text(of: "outside/file") == "kept")
    }

    @Test func anyDepthIsRemoved() throws {
        try build("for i in range(3000):\n    os.mkdir('deep'); os.chdir('deep'); open('f', 'w').close()")
        #expect(try remove())
    }

    @Test func anyNamesAndKindsAreRemoved() throws {
        try build(
            """
            import socket
            open(b'\\xff\\xfe', 'w').close(); os.mkdir(b'\\xff'); open(b'\\xff/\\n', 'w').close(); os.mkfifo('fifo')
            socket.socket(1).bind('socket'); os.makedirs('.removed-0/.removed-1/.removed-0'); os.makedirs('n' * 255 + '/' + 'm' * 255 + '/x')
            """)
        #expect(try remove())
    }

    @Test func closedFoldersAreOpened() throws {
        try build(
            """
            os.makedirs('a/b/c'); open('a/b/c/f', 'w').close(); open('a/f', 'w').close()
            for path, mode in [('a/b/c', 0), ('a/b', 0o555), ('a', 0o000), ('.', 0o100)]: os.chmod(path, mode)
            """)
        #expect(try remove())
    }

    @Test func wideTreesAreRemoved() throws {
        try build("for i in range(300):\n    os.makedirs(f'{i}/a/b')\n    for j in range(5): open(f'{i}/a/{j}', 'w').close()")
        #expect(try remove())
    }

    @Test func whatIsMissingIsNoFailure() throws {
        #expect(try remove())
        try Files.removeTree("nothing", in: Files.open(folder.path, [.read, .folder]))
    }

    @Test func onlyTheOneEntryOfAFolderGoes() throws {
        try folder.write("", to: "kept")
        try build("os.makedirs('a/b')")
        try Files.removeTree("tree", in: Files.open(folder.path, [.read, .folder]))
        #expect(try Files.entries(of: folder.path).map(\.name) == ["kept"])
    }

    /// A runner and a collection may remove the same folder: who comes second finds less, and that is no failure.
    @Test func severalAtOnceRemoveIt() async throws {
        for _ in 0..<20 {
            try build("for i in range(30):\n    os.makedirs(f'{i}/a/b/c'); open(f'{i}/a/f', 'w').close()")
            let path = folder("tree")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try Files.removeTree(path) } }
                try await group.waitForAll()
            }
            #expect(try Files.statusIfPresent(path) == nil)
        }
    }

    /// Links put in place of folders, again and again, while the tree is removed.
    @Test func exchangesDuringTheRemovalDoNoHarm() throws {
        try Files.makeFolder(folder("outside"))
        try folder.write("kept", to: "outside/file")
        let exchanger = try ProcessSpawner.spawn(
            SpawnRequest(
                [
                    "/usr/bin/env", "python3", "-c",
                    """
                    import os, sys, shutil
                    tree, outside = sys.argv[1:]
                    while True:
                        try:
                            for i in range(20):
                                path = f'{tree}/{i}'
                                if os.path.isdir(path) and not os.path.islink(path): os.rename(path, path + 'x')
                                os.symlink(outside, path)
                        except OSError: pass
                    """, folder("tree"), folder("outside"),
                ], environment: searchPath))
        for _ in 0..<40 {
            try Files.makeFolder(folder("tree"))
            for number in 0..<20 { try? Files.makeFolders(folder("tree/\(number)/a/b")) }
            #expect(eventually { (try? Files.removeTree(folder("tree"))) != nil })
        }
        try exchanger.signal(.kill)
        _ = try exchanger.wait()
        #expect(try folder.text(of: "outside/file") == "kept")
    }
}
