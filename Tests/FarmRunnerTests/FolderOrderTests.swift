import HostSystem
import Testing

@testable import FarmRunner

@Suite struct FolderOrderTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "order-")
        defer { try? Files.removeTree(folder) }
        try body(folder + "/top")
    }

    private func write(_ path: String) throws { try Files.open(path, [.write, .create]).writeAll(Array(path.utf8)) }

    private func listing(_ path: String) throws -> [String] {
        try Files.entries(of: path).compactMap(\.name).sorted().flatMap { name in
            let status = try Files.status("\(path)/\(name)")
            let line = "\(name) \(status.type) \(status.permissions) \(status.size) \(status.modifiedNanoseconds / 1_000_000_000)"
            return [line] + (status.type == .folder ? try listing("\(path)/\(name)") : [])
        }
    }

    @Test func contentModesAndTimesStay() throws {
        try withFolder { top in
            try Files.makeFolders(top + "/a/b")
            for name in ["z", "a/1", "a/2", "a/b/x", "a/b/y"] { try write("\(top)/\(name)") }
            try Files.makeSymbolicLink(top + "/link", target: "a/b")
            try Files.makeSymbolicLink(top + "/broken", target: "/nowhere")
            try Files.setTimes(top + "/a/b", seconds: 315_532_800)
            try Files.setPermissions(top + "/a/b", 0o555)
            try Files.setTimes(top + "/a", seconds: 315_532_801)
            let before = try listing(top)
            let inode = try Files.status(top + "/a").inode
            try FolderOrder.reverse(top)
            #expect(try listing(top) == before)
            #expect(try Files.status(top + "/a").inode != inode, "it was made anew")
        }
    }

    @Test func namesAreMadeInDescendingOrder() throws {
        try withFolder { top in
            try Files.makeFolders(top)
            for name in ["a", "b", "c"] { try write("\(top)/\(name)") }
            let before = try Files.entries(of: top).compactMap(\.name)
            try FolderOrder.reverse(top)
            let once = try Files.entries(of: top).compactMap(\.name)
            // A file system with an order of its own shows the same; none may show anything else.
            #expect(once == before || once == before.reversed())
        }
    }
}
