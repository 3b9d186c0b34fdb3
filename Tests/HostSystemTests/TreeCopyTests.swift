import Glibc
import HostSystem
import Testing

/// Copies of folders that others must not see changed.
@Suite struct TreeCopyTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    /// Runs a Python script in a new folder `tree`.
    private func build(_ script: String) throws {
        let result = try Subprocess.run(
            ["python3", "-c", "import os, sys\nroot = sys.argv[1]\nos.mkdir(root)\nos.chdir(root)\n" + script, folder("tree")],
            environment: searchPath, deadline: farDeadline)
        try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
    }

    /// What there is beneath a folder: all that a copy keeps, with the first name of a file in the place of its number.
    private func listing(_ name: String) throws -> String {
        let script = """
            import os, stat, sys
            os.chdir(sys.argv[1])
            first = {}
            def show(path):
                s = os.lstat(path)
                says = ''
                if stat.S_ISLNK(s.st_mode): says = os.readlink(path)
                else:
                    says = [(n, os.getxattr(path, n)) for n in sorted(os.listxattr(path))]
                    if stat.S_ISREG(s.st_mode): says.append(open(path, 'rb').read())
                print(path, oct(s.st_mode), s.st_uid, s.st_gid, s.st_mtime_ns, first.setdefault(s.st_ino, path), says)
            for base, folders, files in os.walk('.'):
                folders.sort()
                show(base)
                for entry in sorted(folders + files): show(os.path.join(base, entry))
            """
        let result = try Subprocess.run(["python3", "-c", script, folder(name)], environment: searchPath, deadline: farDeadline)
        try #require(result.isSuccess, "\(String(decoding: result.error, as: UTF8.self))")
        return String(decoding: result.output, as: UTF8.self)
    }

    private func copy() throws { try Files.copyTree(folder("tree"), to: folder("copy")) }

    @Test func everythingIsKept() throws {
        try build(
            """
            os.makedirs('usr/lib/deep'); os.makedirs('etc'); os.mkdir('closed')
            open('usr/lib/file', 'w').write('x' * 100000); open('empty', 'w').close(); open('ümläut', 'w').write('name')
            os.link('usr/lib/file', 'etc/other'); os.link('usr/lib/file', 'usr/lib/deep/third')
            os.symlink('../usr/lib/file', 'etc/link'); os.symlink('/nowhere', 'dangling'); os.symlink('usr', 'folder-link')
            try: os.setxattr('usr/lib/file', 'user.note', b'\\0\\1'); os.setxattr('etc', 'user.empty', b'')
            except OSError: pass
            if os.geteuid() == 0: os.chown('empty', 12, 34); os.chown('etc', 56, 78); os.chown('dangling', 9, 8, follow_symlinks=False)
            os.chmod('empty', 0o6755); os.chmod('etc', 0o1777); os.chmod('closed', 0o500); os.chmod('.', 0o751)
            times = {'usr/lib/file': 1, 'usr': -1500000000, 'etc': 1600000000123456789, 'dangling': 77, '.': 5}
            for path, time in times.items(): os.utime(path, ns=(time, time), follow_symlinks=False)
            """)
        let before = try listing("tree")
        try copy()
        #expect(try listing("copy") == before)
        #expect(try listing("tree") == before)
        #expect(try Files.entries(of: folder.path).compactMap(\.name) == ["copy", "tree"])
    }

    @Test func whatIsWrittenIntoTheCopyIsNotInTheOriginal() throws {
        try build("os.mkdir('a'); open('a/file', 'w').write('one'); os.link('a/file', 'a/other')")
        try Files.link(folder("tree/a/file"), to: folder("shared"))
        try copy()
        try Files.open(folder("copy/a/file"), [.write, .truncate]).writeAll(Array("two".utf8))
        #expect(try folder.text(of: "copy/a/other") == "two")
        for name in ["tree/a/file", "tree/a/other", "shared"] { #expect(try folder.text(of: name) == "one") }
    }

    @Test func linksAreNotFollowedAndSpecialFilesLeftOut() throws {
        try Files.makeFolder(folder("outside"))
        try folder.write("secret", to: "outside/file")
        try build(
            """
            import socket
            os.symlink('../outside', 'out'); os.symlink('.', 'self'); os.mkfifo('pipe'); os.mkdir('x'); os.symlink('../x', 'x/up')
            socket.socket(socket.AF_UNIX).bind('socket')
            """)
        try copy()
        #expect(try Files.entries(of: folder("copy")).map(\.name) == ["out", "self", "x"])
        #expect(try Files.linkTarget(folder("copy/out")) == Array("../outside".utf8))
    }

    @Test func deepTreesAreCopied() throws {
        try build("for i in range(400):\n    os.mkdir('d'); os.chdir('d')\nopen('f', 'w').write('end')")
        try copy()
        #expect(try folder.text(of: "copy/" + String(repeating: "d/", count: 400) + "f") == "end")
    }

    /// A path that the kernel takes no more, a name that is no text.
    @Test(arguments: [
        "for i in range(2100):\n    os.mkdir('d'); os.chdir('d')", "open(b'\\xff', 'w').close()", "os.symlink(b'\\xff', 'link')",
    ])
    func whatCannotBeCopiedIsNamedAndLeavesNothing(_ script: String) throws {
        try build(script)
        #expect(throws: SystemError.self) { try copy() }
        #expect(try Files.entries(of: folder.path).map(\.name) == ["tree"])
    }

    @Test func whatAnInterruptedCopyLeftIsNotUsed() throws {
        try build("open('file', 'w').write('whole')")
        try Files.makeFolders(folder("copy.new/other"))
        try folder.write("half", to: "copy.new/file")
        try copy()
        #expect(try folder.text(of: "copy/file") == "whole")
        #expect(try Files.entries(of: folder("copy")).map(\.name) == ["file"])
        #expect(try Files.statusIfPresent(folder("copy.new")) == nil)
        #expect(throws: SystemError.self) { try copy() }
        #expect(try Files.statusIfPresent(folder("copy.new")) == nil)
    }

    /// In a process of its own, which becomes another user.
    @Test(.enabled(if: geteuid() == 0)) func othersFilesAreCopiedAsFarAsTheyCanBeRead() async {
        await #expect(processExitsWith: .success) {
            let folder = try TestFolder()
            try Files.makeFolders(folder("tree/closed"))
            try folder.write("open", to: "tree/open", mode: 0o4755)
            try folder.write("closed", to: "tree/secret", mode: 0o600)
            try Files.setPermissions(folder("tree/closed"), 0o700)
            try Files.setPermissions(folder.path, 0o777)
            #expect(setgid(12_345) == 0 && setuid(12_345) == 0)
            try Files.copyTree(folder("tree"), to: folder("copy"))
            #expect(try Files.entries(of: folder("copy")).map(\.name) == ["closed", "open"])
            let status = try Files.status(folder("copy/open"))
            #expect(status.owner == 12_345 && status.permissions == 0o4755)
            #expect(try folder.text(of: "copy/open") == "open")
            try Files.removeTree(folder("copy"))
        }
    }
}
