import Glibc
import HostSystem
import Testing

@Suite struct FilesTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    @Test func errorsSayWhatAndWhere() {
        #expect(throws: SystemError(code: ENOENT, attempt: "open", path: "/no/file")) { try Files.open("/no/file") }
        #expect(SystemError(code: ENOENT, attempt: "open", path: "/x/y").description == "cannot open /x/y: No such file or directory")
        #expect(SystemError(code: EACCES, attempt: "open", path: "a\n\u{1b}[31m").description == "cannot open a??[31m: Permission denied")
        #expect(SystemError(code: 99_999, attempt: "sync").description == "cannot sync: Unknown error")
        let full = SystemError(code: ENOSPC, attempt: "write", path: "/x")
        #expect(full.message == "cannot write /x: No space left on device; free some space (bf-gc) and try again")
        #expect(SystemError(code: EIO, attempt: "write", path: "/x").message == "cannot write /x: Input/output error")
    }

    @Test func aZeroByteInAPathIsRefused() throws {
        let path = try folder.write("a", to: "file")
        #expect(throws: SystemError(code: EINVAL, attempt: "open", path: path + "\0x")) { try Files.open(path + "\0x") }
        #expect(throws: SystemError.self) { try Files.rename(path, to: path + "\0x") }
    }

    @Test func readingStopsAtTheLimit() throws {
        let path = try folder.write("12345", to: "file")
        #expect(try Files.readAll(path, limit: 5) == Array("12345".utf8))
        #expect(throws: SystemError(code: EFBIG, attempt: "read", path: path)) { try Files.readAll(path, limit: 4) }
        #expect(try Files.open(path).read(atMost: 3, at: 2) == Array("345".utf8))
        #expect(try Files.open(path).read(atMost: 9, at: 4) == Array("5".utf8))
    }

    @Test func oneReadGivesTheStartOfAFile() throws {
        let file = try Files.open(try folder.write("12345", to: "file"))
        for _ in 1...2 { #expect(try file.readOnce(atMost: 3) == Array("123".utf8)) }
        #expect(try file.readOnce(atMost: 9, at: 3) == Array("45".utf8))
        #expect(try file.readOnce(atMost: 9, at: 5).isEmpty)
        let events = try Files.open("/proc/self/stat").readOnce(atMost: 4096)
        #expect(events.last == UInt8(ascii: "\n"))
    }

    @Test func aFolderWithAnEntryIsNeverEmpty() throws {
        let kept = try Files.open(folder.path, [.read, .folder])
        #expect(try kept.isEmptyFolder() && kept.isEmptyFolder())
        for name in [".hidden", "...", "a", "\u{e4}", String(repeating: "x", count: 255)] {
            let path = try folder.write("", to: name)
            // The descriptor is at the end of the folder from the look before, and a fresh one is at its start.
            for folder in [kept, try Files.open(folder.path, [.read, .folder])] {
                #expect(try !folder.isEmptyFolder() && !folder.isEmptyFolder(), "\(name)")
            }
            try Files.removeFile(path)
            #expect(try kept.isEmptyFolder())
        }
        try Files.makeFolder(folder("inner"))
        #expect(try !kept.isEmptyFolder())
        #expect(throws: SystemError(code: ENOTDIR, attempt: "list the folder")) { try Files.open("/dev/null").isEmptyFolder() }
        kept.close()
        #expect(throws: SystemError(code: EBADF, attempt: "list the folder")) { try kept.isEmptyFolder() }
    }

    @Test func aFolderOfManyNamesIsEmptyOnceAllAreGone() throws {
        let names = (0..<3_000).map { "\($0)-" + String(repeating: "n", count: 60) }
        for name in names { try folder.write("", to: name) }
        let kept = try Files.open(folder.path, [.read, .folder])
        for name in names.dropLast() { try Files.removeFile(folder(name)) }
        #expect(try !kept.isEmptyFolder() && !kept.isEmptyFolder())
        try Files.removeFile(folder(names[names.count - 1]))
        #expect(try kept.isEmptyFolder())
    }

    @Test func onlyTheReadingEndOfAPipeDoesNotWait() throws {
        let (readEnd, writeEnd) = try Descriptor.pipe(readEndWaits: false)
        #expect(try readEnd.read(atMost: 10) == nil)
        #expect(fcntl(readEnd.number, F_GETFL) & O_NONBLOCK != 0 && fcntl(writeEnd.number, F_GETFL) & O_NONBLOCK == 0)
        #expect(fcntl(readEnd.number, F_GETFD) == FD_CLOEXEC && fcntl(writeEnd.number, F_GETFD) == FD_CLOEXEC)
        try writeEnd.writeAll([7])
        #expect(try readEnd.read(atMost: 10) == [7])
    }

    @Test func aClosedFolderIsNotTheCurrentOne() throws {
        let closed = try Files.open(folder.path, [.read, .folder])
        closed.close()
        #expect(throws: SystemError(code: EBADF, attempt: "open", path: "etc")) { try Files.open("etc", in: closed) }
        #expect(throws: SystemError(code: EBADF, attempt: "open", path: "etc")) { try Files.open("etc", beneath: closed) }
        #expect(throws: SystemError(code: EBADF, attempt: "list the folder")) { try closed.entries() }
        #expect(throws: SystemError(code: EBADF, attempt: "examine a descriptor")) { try closed.status() }
        #expect(throws: SystemError(code: EBADF, attempt: "remove", path: "x")) { try Files.removeFile("x", in: closed) }
    }

    @Test func atomicWritesReplaceAndLeaveNothing() throws {
        try folder.write("old", to: "file")
        let path = try folder.write("new", to: "file", mode: 0o600)
        #expect(try folder.text(of: "file") == "new")
        #expect(try Files.status(path).permissions == 0o600)
        #expect(throws: SystemError(code: EISDIR, attempt: "rename", path: folder.path)) { try Files.writeAtomically([1], to: folder.path) }
        #expect(try Files.entries(of: folder.path).map(\.name) == ["file"])
        let handle = try Files.open(folder.path, [.read, .folder])
        try Files.writeAtomically(Array("at".utf8), to: "relative", in: handle)
        #expect(try folder.text(of: "relative") == "at")
    }

    @Test func foldersAreMadeWithThoseOnTheWay() throws {
        try Files.makeFolders(folder("a/b//c/"), mode: 0o700)
        try Files.makeFolders(folder("a/b/c"))
        #expect(try Files.status(folder("a/b/c")).type == .folder)
        #expect(try Files.status(folder("a/b")).permissions == 0o700)
        try folder.write("", to: "file")
        #expect(throws: SystemError.self) { try Files.makeFolders(folder("file/x")) }
        #expect(throws: SystemError(code: EEXIST, attempt: "create the folder", path: folder("file"))) {
            try Files.makeFolders(folder("file"))
        }
        let handle = try Files.open(folder.path, [.read, .folder])
        try Files.makeFolders("r/s", in: handle)
        #expect(try Files.status("r/s", in: handle).type == .folder)
    }

    @Test func entriesHaveTypesAndAnyNames() throws {
        _ = try shell(
            "cd \"$1\"; mkdir d; : >f; ln -s x l; mkfifo p; : >\"$(printf '\\377')\"; python3 -c 'import socket; socket.socket(1).bind(\"s\")'",
            arguments: [folder.path])
        let entries = try Files.entries(of: folder.path)
        #expect(entries.map(\.name) == ["d", "f", "l", "p", "s", nil])
        #expect(entries.map(\.type) == [.folder, .regular, .symbolicLink, .fifo, .socket, .regular])
        #expect(entries.last?.nameBytes == [0xff])
        #expect(try Files.entries(of: "/dev").first { $0.name == "null" }?.type == .characterDevice)
        #expect(throws: SystemError(code: E2BIG, attempt: "list the folder", path: folder.path)) {
            try Files.entries(of: folder.path, limit: 5)
        }
    }

    @Test func linksAndNames() throws {
        let path = try folder.write("text", to: "file")
        try Files.link(path, to: folder("second"))
        #expect(try Files.status(path).links == 2)
        try Files.makeSymbolicLink(folder("link"), target: "file")
        #expect(try Files.linkTarget(folder("link")) == Array("file".utf8))
        #expect(try Files.status(folder("link")).type == .symbolicLink)
        #expect(try Files.status(folder("link"), following: true).type == .regular)
        #expect(try Files.realPath(folder("link")) == Files.realPath(path))
        #expect(throws: SystemError(code: EEXIST, attempt: "rename", path: path)) {
            try Files.renameExclusively(path, to: folder("second"))
        }
        try Files.renameExclusively(path, to: folder("third"))
        #expect(try Files.statusIfPresent(path) == nil)
        #expect(throws: SystemError(code: ELOOP, attempt: "open", path: folder("link"))) {
            try Files.open(folder("link"), [.read, .noFollow])
        }
    }

    @Test func timesAndPermissionsDoNotFollowLinks() throws {
        let path = try folder.write("", to: "file")
        try Files.makeSymbolicLink(folder("link"), target: "file")
        try Files.setTimes(path, seconds: 1_000, nanoseconds: 7)
        try Files.setTimes(folder("link"), seconds: 2_000)
        #expect(try Files.status(path).modifiedNanoseconds == 1_000_000_000_007)
        #expect(try Files.status(folder("link")).modifiedNanoseconds == 2_000_000_000_000)
        try Files.setPermissions(path, 0o444)
        #expect(throws: SystemError(code: EOPNOTSUPP, attempt: "set the permissions of", path: folder("link"))) {
            try Files.setPermissions(folder("link"), 0o777)
        }
        #expect(try Files.status(path).permissions == 0o444)
    }

    @Test func pathsFromOutsideStayBeneath() throws {
        try Files.makeFolders(folder("root/inner"))
        try folder.write("in", to: "root/inner/file")
        try folder.write("out", to: "secret")
        try Files.makeSymbolicLink(folder("root/up"), target: "../secret")
        try Files.makeSymbolicLink(folder("root/same"), target: "inner")
        let root = try Files.open(folder("root"), [.read, .folder])
        #expect(try Files.open("inner/../inner/file", beneath: root).readAll(limit: 10) == Array("in".utf8))
        for (path, code) in [
            ("../secret", EXDEV), ("/etc/passwd", EXDEV), ("up", ELOOP), ("same/file", ELOOP), ("inner/../../secret", EXDEV),
        ] {
            #expect(throws: SystemError(code: code, attempt: "open", path: path)) { try Files.open(path, beneath: root) }
        }
        _ = try Files.open("inner/new", beneath: root, [.write, .create], mode: 0o640)
        #expect(try Files.status(folder("root/inner/new")).permissions == 0o640)
    }

    @Test func copiesAreWholeOrRefused() throws {
        let content = [UInt8]((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        try Files.writeAtomically(content, to: folder("source"))
        #expect(try Files.copy(from: Files.open(folder("source")), to: Files.open(folder("copy"), [.write, .create])) == 1_000_000)
        #expect(try Files.readAll(folder("copy"), limit: 1 << 20) == content)
        #expect(throws: SystemError(code: EFBIG, attempt: "copy")) {
            try Files.copy(from: Files.open(folder("source")), to: Files.open(folder("small"), [.write, .create]), limit: 999_999)
        }
        #expect(try Files.copy(from: Files.open("/proc/self/status"), to: Files.open(folder("status"), [.write, .create])) > 100)
        let (readEnd, writeEnd) = try Descriptor.pipe()
        try writeEnd.writeAll([1, 2, 3])
        writeEnd.close()
        #expect(try Files.copy(from: readEnd, to: Files.open(folder("piped"), [.write, .create])) == 3)
    }

    @Test func descriptorsCloseOnce() throws {
        let file = try Files.open("/dev/null")
        let number = file.number
        file.close()
        let other = try Files.open("/dev/null")
        file.close()
        #expect(file.number == -1)
        #expect(other.number == number || fcntl(other.number, F_GETFD) >= 0)
        #expect(try other.duplicate().status().type == .characterDevice)
        #expect(throws: SystemError.self) { try file.duplicate() }
    }
}
