import HostSystem
import SwiftProtobuf
import Testing

@testable import BuildKitClient

/// A folder for one test, removed with it.
final class TestFolder: Sendable {
    let path: String

    init() throws { path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "buildkit-") }

    deinit { try? Files.removeTree(path) }

    func sink() throws -> FolderSink { FolderSink(try Files.open(path, [.read, .folder])) }
}

@Suite struct TreeReceiverTests {
    typealias Packet = Moby_Filesync_V1_Packet

    private func entry(_ path: String, _ mode: UInt32 = 0o644, size: Int64 = 0, link: String = "") -> Packet {
        .with {
            $0.type = .stat
            $0.stat.path = path
            $0.stat.mode = mode
            $0.stat.size = size
            $0.stat.linkname = link
            $0.stat.modTime = 1_234_567_890_123_456_789
        }
    }

    private func data(_ number: UInt32, _ text: String) -> Packet {
        .with {
            $0.type = .data
            $0.id = number
            $0.data = Array(text.utf8).protobuf
        }
    }

    private let end = Packet.with { $0.type = .stat }
    private let fin = Packet.with { $0.type = .fin }

    @Test func aTreeArrives() throws {
        let folder = try TestFolder()
        var receiver = TreeReceiver(try folder.sink(), limits: TreeLimits())
        #expect(try receiver.take(entry("d", GoFileMode.folder | 0o500)).isEmpty)
        #expect(try receiver.take(entry("d/f", 0o4755 & 0o777 | GoFileMode.setUser, size: 5)).map(\.id) == [1])
        #expect(try receiver.take(entry("d/g", 0o600, link: "d/f")).isEmpty)
        #expect(try receiver.take(entry("l", GoFileMode.link | 0o777, link: "../../outside")).isEmpty)
        #expect(try receiver.take(end).isEmpty)
        #expect(try receiver.take(data(1, "he")).isEmpty)
        #expect(try receiver.take(data(1, "llo")).isEmpty)
        #expect(try receiver.take(data(1, "")).map(\.type) == [.fin])
        _ = try receiver.take(fin)
        #expect(receiver.isFinished)
        #expect(try Files.readAll(folder.path + "/d/f", limit: 100) == Array("hello".utf8))
        let file = try Files.status(folder.path + "/d/f")
        #expect(file.permissions == 0o4755)
        #expect(file.modifiedNanoseconds == 1_234_567_890_123_456_789)
        #expect(try Files.status(folder.path + "/d/g").inode == file.inode)
        #expect(try Files.linkTarget(folder.path + "/l") == Array("../../outside".utf8))
        #expect(try Files.status(folder.path + "/d").permissions == 0o500)
    }

    @Test func onlySoManyFilesAreAskedForAtATime() throws {
        var receiver = TreeReceiver(MemorySink(), limits: TreeLimits())
        var asked = 0
        for number in 0..<200 { asked += try receiver.take(entry("f\(number)", size: 1)).count }
        #expect(asked == 64)
        _ = try receiver.take(end)
        for number in 0..<200 {
            _ = try receiver.take(data(UInt32(number), "x"))
            asked += try receiver.take(data(UInt32(number), "")).filter { $0.type == .req }.count
        }
        #expect(asked == 200)
        _ = try receiver.take(fin)
        #expect(receiver.isFinished)
    }

    @Test(arguments: [
        "/etc/x", "..", "../x", "a/../../x", "a/./b", ".", "", "a//b", "a/", "a\u{0}b", String(repeating: "a/", count: 200) + "a",
    ])
    func namesThatLeadElsewhereAreRefused(_ path: String) throws {
        var receiver = TreeReceiver(MemorySink(), limits: TreeLimits())
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(entry(path)) }
    }

    @Test(arguments: [1 << 26, 1 << 25, 1 << 24, 1 << 26 | 1 << 21] as [UInt32])
    func devicesPipesAndSocketsAreRefused(_ type: UInt32) throws {
        var receiver = TreeReceiver(MemorySink(), limits: TreeLimits())
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(entry("x", type | 0o644)) }
    }

    @Test func noLinkIsFollowed() throws {
        let folder = try TestFolder()
        let outside = try TestFolder()
        var receiver = TreeReceiver(try folder.sink(), limits: TreeLimits())
        _ = try receiver.take(entry("l", GoFileMode.link | 0o777, link: outside.path))
        #expect(throws: SystemError.self) { try receiver.take(entry("l/f", size: 1)) }
        #expect(throws: SystemError.self) { try receiver.take(entry("l/d", GoFileMode.folder | 0o755)) }
        #expect(throws: SystemError.self) { try receiver.take(entry("l/k", GoFileMode.link | 0o777, link: "x")) }
        #expect(try Files.entries(of: outside.path).isEmpty)
    }

    @Test func nothingIsReplaced() throws {
        let folder = try TestFolder()
        var receiver = TreeReceiver(try folder.sink(), limits: TreeLimits())
        _ = try receiver.take(entry("a", size: 1))
        #expect(throws: SystemError.self) { try receiver.take(entry("a", GoFileMode.folder | 0o755)) }
        #expect(throws: SystemError.self) { try receiver.take(entry("a", GoFileMode.link | 0o777, link: "x")) }
    }

    @Test func aFurtherNameIsOneOfTheTree() throws {
        let folder = try TestFolder()
        for target in ["/../../etc/passwd", "nothing"] {
            var receiver = TreeReceiver(try folder.sink(), limits: TreeLimits())
            #expect(throws: (any Error).self) {
                _ = try receiver.take(entry("g\(target.count)", link: target))
                _ = try receiver.take(end)
                _ = try receiver.take(fin)
            }
        }
    }

    @Test func limitsAreKept() throws {
        var receiver = TreeReceiver(MemorySink(), limits: TreeLimits(bytes: 10))
        _ = try receiver.take(entry("a", size: 6))
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(entry("b", size: 5)) }
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(entry("b", size: -1)) }
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(data(0, "1234567")) }
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(data(0, "")) }
        var few = TreeLimits()
        few.entries = 2
        var other = TreeReceiver(MemorySink(), limits: few)
        _ = try other.take(entry("a"))
        _ = try other.take(entry("b"))
        #expect(throws: TreeReceiver.Refusal.self) { try other.take(entry("c")) }
    }

    @Test func contentThatNobodyAskedForAndEarlyEndsAreRefused() throws {
        var receiver = TreeReceiver(MemorySink(), limits: TreeLimits())
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(data(7, "x")) }
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(fin) }
        _ = try receiver.take(entry("a", size: 1))
        _ = try receiver.take(end)
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(fin) }
        #expect(throws: TreeReceiver.Refusal.self) { try receiver.take(entry("b")) }
    }
}

@Suite struct UploadTests {
    private func walk(_ folder: TestFolder, _ selection: UploadSelection = UploadSelection()) throws -> [String] {
        var walk = try FolderWalk(UploadFolder(folder.path), selection, root: try Files.open(folder.path, [.read, .folder]))
        var paths: [String] = []
        while true {
            let entries = try walk.next(atMost: 2)
            if entries.isEmpty { return paths }
            paths += entries.map(\.path)
        }
    }

    private func make(_ paths: [String]) throws -> TestFolder {
        let folder = try TestFolder()
        for path in paths {
            let parent = path.lastIndex(of: "/").map { "/" + path[..<$0] } ?? ""
            try Files.makeFolders(folder.path + parent)
            if !path.hasSuffix("/") { try Files.open(folder.path + "/" + path, [.write, .create]).writeAll(Array(path.utf8)) }
        }
        return folder
    }

    @Test func foldersComeBeforeWhatIsInThemAndNamesAreSortedByTheirBytes() throws {
        let folder = try make(["b", "a/z", "a/b/c", "a.txt", "Z", "ä"])
        #expect(try walk(folder) == ["Z", "a", "a/b", "a/b/c", "a/z", "a.txt", "b", "ä"])
    }

    @Test func foldersOfWhatIsBroughtBackAreSentAndOthersNot() throws {
        let folder = try make(["a/b/keep", "a/b/x", "c/d/x", "e"])
        var selection = UploadSelection()
        selection.excluded = IgnoreRules(patterns: ["*", "!a/b/keep"])
        #expect(try walk(folder, selection) == ["a", "a/b", "a/b/keep"])
    }

    @Test func onlyWhatIsAskedForIsSent() throws {
        let folder = try make(["Dockerfile", ".dockerignore", "src/a", "src/b/c", "x"])
        var selection = UploadSelection()
        selection.included = ["Dockerfile", "src/b"].map(PathPattern.init)
        #expect(try walk(folder, selection) == ["Dockerfile", "src", "src/b", "src/b/c"])
    }

    @Test func linksOnTheWayAreFollowed() throws {
        let folder = try make(["real/deep/f", "other"])
        try Files.makeSymbolicLink(folder.path + "/link", target: "/real/deep")
        try Files.makeSymbolicLink(folder.path + "/real/deep/up", target: "../../other")
        try Files.makeSymbolicLink(folder.path + "/loop", target: "loop")
        let root = try Files.open(folder.path, [.read, .folder])
        #expect(FollowedPaths(["/link/f"], in: root).paths == ["link", "real/deep/f"])
        #expect(FollowedPaths(["li*/up"], in: root).paths == ["link", "real/deep/up", "other"])
        #expect(FollowedPaths(["loop/x"], in: root).paths.contains("loop"))
        #expect(FollowedPaths(["../../etc/passwd"], in: root).paths == ["etc/passwd"])
        #expect(FollowedPaths(["."], in: root).paths == [""])
    }

    @Test func valuesOfAskingAreDecoded() {
        #expect(UploadRequest.decoded("a%20b+c%2") == "a b c%2")
        #expect(UploadRequest.decoded("%c3%a4") == "ä")
    }

    @Test(arguments: [0o644, 0o4755, 0o2711, 0o1777, 0] as [UInt32])
    func modesAreThoseOfGo(_ permissions: UInt32) throws {
        let folder = try make(["f"])
        try Files.setPermissions(folder.path + "/f", permissions)
        let mode = try #require(GoFileMode(try Files.status(folder.path + "/f")))
        #expect(mode.permissions == permissions)
        #expect(mode.type == .regular)
        #expect(GoFileMode(bits: GoFileMode.folder | 0o755).type == .folder)
    }
}
