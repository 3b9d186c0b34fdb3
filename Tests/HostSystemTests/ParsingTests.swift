import Testing

@testable import HostSystem

/// Readers of the kernel's texts, on texts this machine may not have.
@Suite struct ParsingTests {
    @Test func pressure() {
        let text = "some avg10=5.00 avg60=1.00 avg300=0.10 total=7\nfull avg10=1.23 avg60=0.50 avg300=0.00 total=4\n"
        #expect(Pressure.average10(of: .full, in: text) == 1.23)
        #expect(Pressure.average10(of: .full, in: "some avg10=5.00 avg60=1.00 avg300=0.10 total=7\n") == nil)
    }

    @Test func fuseMountsAreJudgedByName() {
        let mounts = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            40 22 0:52 / /mnt/a rw,nosuid - fuse.sshfs host:/ rw
            41 22 0:53 / /mnt/b rw,nosuid master:7 - fuse.fuse-overlayfs overlay rw
            """
        #expect(MountTable.isNetworkFuse(device: 52, mounts: mounts))
        #expect(!MountTable.isNetworkFuse(device: 53, mounts: mounts))
        #expect(MountTable.isNetworkFuse(device: 54, mounts: mounts))
    }

    @Test(arguments: ["", "1 (x", "1 (x)", "1 (x) S 1 2 3", "1 (x) S 1 2 q 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"])
    func brokenProcessTableEntries(text: String) {
        #expect(ProcessTableEntry(parsing: Array(text.utf8)) == nil)
    }

    @Test func processTableEntry() {
        let entry = ProcessTableEntry(parsing: Array("7 (a) Z (b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 1234 20".utf8))
        #expect(entry?.state == "S")
        #expect(entry?.session == 3)
        #expect(entry?.startTime == 1234)
    }

    @Test(arguments: [
        ("a", "", "a"), ("/a", "/", "a"), ("/a/b", "/a", "b"), ("a/b/", "a", "b"), ("a//b", "a", "b"), ("/", "/", ""), ("", "", ""),
        ("..//\u{301}x", "..", "\u{301}x"), ("/\u{301}x/", "/", "\u{301}x"),
    ])
    func paths(path: String, parent: String, last: String) {
        #expect(PathText.parent(of: path) == (path == "/" ? "" : parent))
        #expect(PathText.lastPart(of: path) == last)
    }
}
