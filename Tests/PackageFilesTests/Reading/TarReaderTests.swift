import FarmModel
import Testing

@testable import PackageFiles

@Suite struct TarReaderTests {
    private func entries(_ bytes: [UInt8], limits: TarLimits = TarLimits()) throws(FarmError) -> [(entry: TarEntry, content: [UInt8])] {
        var reader = TarReader(MemorySource(bytes), name: "a.tar", limits: limits)
        var found: [(TarEntry, [UInt8])] = []
        while let entry = try reader.next() { found.append((entry, try reader.wholeContent())) }
        return found
    }

    private func message(_ bytes: [UInt8], limits: TarLimits = TarLimits()) -> String? {
        do throws(FarmError) {
            _ = try entries(bytes, limits: limits)
            return nil
        } catch {
            return error.message
        }
    }

    private let digest = String(repeating: "ab", count: 20)

    @Test func everyKindOfEntryIsRead() throws {
        let archive = TarPieces().adding("./usr/", type: "5", mode: "0000755")
            .adding(pax: [
                ("APK-TOOLS.checksum.SHA1", digest), ("SCHILY.xattr.security.capability", "a=b\nc"), ("mtime", "77.5"), ("uid", "12"),
            ])
            .adding("usr/a", "hello", mode: "0104755")
            .adding("usr/b", type: "2", link: "../../elsewhere").adding("usr/c", type: "1", link: "./usr/a")
            .adding("usr/empty").ended
        let found = try entries(archive.bytes)
        #expect(found.map(\.entry.path) == ["usr", "usr/a", "usr/b", "usr/c", "usr/empty"])
        #expect(
            found.map(\.entry.content) == [
                .folder, .file(size: 5), .symbolicLink(target: "../../elsewhere"), .hardLink(target: "usr/a"), .file(size: 0),
            ])
        #expect(found[0].entry.mode == 0o755)
        #expect(found[1].entry.mode == 0o4755)
        #expect(found[1].content == Array("hello".utf8))
        #expect(found[1].entry.checksum == [UInt8](repeating: 0xAB, count: 20))
        #expect(found[1].entry.attributes == [ExtendedAttribute(name: "security.capability", value: Array("a=b\nc".utf8))])
        #expect(found[1].entry.modifiedSeconds == 77)
        #expect(found[1].entry.owner == 12)
        #expect(found[2].entry.modifiedSeconds == 1_000)
        #expect(found[2].entry.attributes.isEmpty)
    }

    @Test func longNamesComeFromPaxFromGNUAndFromThePrefix() throws {
        let long = String(repeating: "folder/", count: 30) + "name"
        let split = TarHeader(path: String(repeating: "d/", count: 60) + "file", mode: 0o644, seconds: 0, content: .folder)
        let archive = TarPieces().adding(pax: [("path", long), ("linkpath", long)]).adding("short", type: "2", link: "x")
            .adding("././@LongLink", type: "L", "\(long)2\u{0}").adding("././@LongLink", type: "K", "\(long)3\u{0}")
            .adding("short", type: "2", link: "x").adding(raw: split.bytes)
        let found = try entries(archive.bytes).map(\.entry)
        #expect(found.map(\.path) == [long, long + "2", String(repeating: "d/", count: 60) + "file"])
        #expect(found[0].content == .symbolicLink(target: long))
        #expect(found[1].content == .symbolicLink(target: long + "3"))
    }

    @Test func archivesMayLackTheirEndAndTheRootIsPassedOver() throws {
        let archive = TarPieces().adding("./", type: "5").adding(".PKGINFO", "x")
        #expect(try entries(archive.bytes).map(\.entry.path) == [".PKGINFO"])
        #expect(try entries([]).isEmpty)
    }

    @Test func contentThatNobodyReadsIsPassedOver() throws {
        var reader = TarReader(MemorySource(TarPieces().adding("a", String(repeating: "x", count: 700)).adding("b", "y").bytes), name: "a")
        #expect(try reader.next()?.path == "a")
        #expect(try reader.next()?.path == "b")
        #expect(try reader.wholeContent() == Array("y".utf8))
        #expect(try reader.next() == nil)
    }

    @Test(arguments: [
        ("/etc/passwd", "is absolute"), ("../x", ".."), ("a/../../x", ".."), ("a//b", "empty name"),
        ("a/./b", "has an empty name, . or .."),
        ("a\nb", "control characters"), ("a\u{7F}", "control characters"), ("..", ".."), ("a/..", ".."),
        (String(repeating: "a/", count: 300) + "b", "deeper than 256"), (String(repeating: "n", count: 256), "more than 255 bytes"),
        (String(repeating: "nnnnnnnnn/", count: 500) + "n", "more than 4096 bytes"),
    ])
    func pathsThatLeadElsewhereAreRefused(path: String, reason: String) {
        #expect(message(TarPieces().adding(pax: [("path", path)]).adding("x").bytes)?.contains(reason) == true)
        #expect(message(TarPieces().adding("x", type: "L", path + "\u{0}").adding("x").bytes)?.contains(reason) == true)
        #expect(message(TarPieces().adding("f", "1").adding(pax: [("linkpath", path)]).adding("h", type: "1", link: "f").bytes) != nil)
        // A symbolic link is only text.
        let link = TarPieces().adding("l", type: "2", link: String(path.utf8.prefix(90)) ?? "x")
        #expect(message(link.bytes) == nil)
    }

    @Test func zeroBytesInNamesAreRefused() {
        #expect(message(TarPieces().adding(pax: [("path", "a\u{0}b")]).adding("x").bytes)?.contains("control characters") == true)
        #expect(message(TarPieces().adding(pax: [("linkpath", "a\u{0}b")]).adding("x", type: "2").bytes)?.contains("no text") == true)
        #expect(message(TarPieces().adding("x", type: "2").bytes)?.contains("no text") == true)
        #expect(message(TarPieces().adding("").bytes) != nil)
    }

    @Test func namesThatAreNotUTF8AreRefused() {
        var archive = TarPieces().adding("abcd").bytes
        archive[1] = 0xFF
        #expect(message(archive)?.contains("sum") == true)
        let name = TarPieces.record("path", "ab").utf8.map { $0 == UInt8(ascii: "b") ? 0xFF : $0 }
        let pax = TarPieces.header("p", type: "x", size: name.count) + TarPieces.padded(name)
        #expect(message(TarPieces().adding(raw: pax).adding("x").bytes)?.contains("UTF-8") == true)
    }

    @Test(arguments: [
        ("3", "a device"), ("4", "a device"), ("6", "a named pipe"), ("S", "a sparse file"), ("g", "a global header"), ("7", "unknown"),
    ])
    func kindsThatPackagesMayNotHoldAreRefused(type: Character, noun: String) {
        #expect(message(TarPieces().adding("dev/x", type: type).bytes)?.contains(noun) == true)
    }

    @Test func entriesMustFitToThoseBeforeThem() {
        let file = TarPieces().adding("a", "1")
        let table: [(TarPieces, String)] = [
            (file.adding("a", "2"), "twice"), (file.adding("a", type: "5"), "twice"), (file.adding("a/b", "2"), "beneath"),
            (file.adding("a/b/c/d", "2"), "beneath"), (TarPieces().adding("l", type: "2", link: "/etc").adding("l/passwd", "x"), "beneath"),
            (TarPieces().adding("l", type: "2", link: "/etc").adding("l", type: "5"), "twice"),
            (TarPieces().adding("d", type: "5").adding("d", type: "2", link: "x"), "twice"),
            (TarPieces().adding("d/f", "x").adding("d", "y"), "twice"),
            (TarPieces().adding("h", type: "1", link: "later").adding("later", "x"), "hard link"),
            (TarPieces().adding("d", type: "5").adding("h", type: "1", link: "d"), "hard link"),
            (TarPieces().adding("l", type: "2", link: "/etc/shadow").adding("h", type: "1", link: "l"), "hard link"),
        ]
        for (archive, reason) in table { #expect(message(archive.bytes)?.contains(reason) == true, "\(reason)") }
        #expect(message(TarPieces().adding("d", type: "5").adding("d", type: "5").adding("d/x", "1").bytes) == nil)
        #expect(message(file.adding("b", type: "1", link: "a").adding("c", type: "1", link: "b").bytes) == nil)
    }

    @Test func sizesMustAgree() {
        let table: [(TarPieces, String)] = [
            (TarPieces().adding(pax: [("size", "9")]).adding("a", "1"), "two sizes"),
            (TarPieces().adding(pax: [("size", "0")]).adding("a", "1"), "two sizes"),
            (TarPieces().adding(pax: [("size", "-1")]).adding("a", "1"), "malformed"),
            (TarPieces().adding(pax: [("size", "99999999999999999999")]).adding("a", "1"), "malformed"),
            (TarPieces().adding(pax: [("size", "8589934592000")]).adding("a", "1"), "more than"),
            (TarPieces().adding("d", type: "5", "content"), "no file"),
            (TarPieces().adding("l", type: "2", "content", link: "x"), "no file"),
            (TarPieces().adding(raw: TarPieces.header("a", sizeField: "9999")), "no number"),
            (TarPieces().adding(raw: TarPieces.header("a", sizeField: "77777777777")), "middle of a file"),
            (TarPieces().adding(raw: TarPieces.header("a", size: 600)).adding(raw: [UInt8](repeating: 1, count: 512)), "middle of a file"),
        ]
        for (archive, reason) in table { #expect(message(archive.bytes)?.contains(reason) == true, "\(reason)") }
        #expect(message(TarPieces().adding(pax: [("size", "1")]).adding("a", "1").bytes) == nil)
    }

    @Test func binaryNumbersAreReadAndNegativeOnesRefused() {
        func archive(_ field: [UInt8]) -> [UInt8] {
            var block = TarPieces.header("a")
            for (index, byte) in field.enumerated() { block[124 + index] = byte }
            for index in 148..<156 { block[index] = 32 }
            let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
            for (index, byte) in "\(sum)\u{0}".utf8.enumerated() { block[148 + index] = byte }
            return block
        }
        let zeros = [UInt8](repeating: 0, count: 10)
        #expect(message(archive([0x80] + zeros + [3]) + TarPieces.padded([1, 2, 3])) == nil)
        #expect(message(archive([0xFF] + zeros + [3]))?.contains("negative") == true)
        #expect(message(archive([0x80, 1] + zeros))?.contains("too large") == true)
    }

    @Test func extendedHeadersAreChecked() {
        func pax(_ text: String) -> TarPieces { TarPieces().adding("p", type: "x", text) }
        let table: [(TarPieces, String)] = [
            (pax("12 path=a\n"), "malformed"), (pax("path=a\n"), "malformed"), (pax("9 path=ab"), "malformed"),
            (pax("0 a=b\n"), "malformed"),
            (pax("99 path=a\n"), "malformed"), (pax(TarPieces.record("path", "a") + TarPieces.record("path", "b")), "malformed"),
            (pax(TarPieces.record("GNU.sparse.major", "1")), "sparse"),
            (pax(TarPieces.record("APK-TOOLS.checksum.SHA1", "zz")), "no SHA-1"),
            (pax("").adding(pax: []), "two extended headers"),
            (TarPieces().adding("x", type: "L", "a").adding("x", type: "L", "b"), "two extended"),
        ]
        for (archive, reason) in table { #expect(message(archive.adding("x", "1").bytes)?.contains(reason) == true, "\(reason)") }
        #expect(message(pax(TarPieces.record("path", "a")).bytes)?.contains("ends after an extended header") == true)
        #expect(
            message(TarPieces().adding(pax: [("comment", String(repeating: "x", count: 1 << 20))]).bytes)?.contains("too large") == true)
    }

    @Test func headersAreChecked() {
        let table: [([UInt8], String)] = [
            (TarPieces.header("a", magic: "uxtar\u{0}00"), "neither ustar nor GNU"), (TarPieces.header("a", magic: ""), "neither"),
            (TarPieces.header("a", mode: "00x0644"), "mode"), ([UInt8](repeating: 7, count: 512), "no number"),
        ]
        for (block, reason) in table { #expect(message(block)?.contains(reason) == true, "\(reason)") }
        #expect(message(TarPieces().ended.adding("later").bytes)?.contains("follows its end") == true)
    }

    @Test func tornArchivesAreRefusedAtEveryByte() {
        let archive = TarPieces().adding(pax: [("path", "aa")]).adding("a", "content").adding("b", "more").bytes
        // Where an entry ends, nothing tells that another was to follow.
        let whole: Set = [0, 2_048, 3_072]
        for length in 0..<archive.count {
            #expect((message(Array(archive[..<length])) == nil) == whole.contains(length), "\(length)")
        }
    }

    @Test func everyChangedByteOfAHeaderIsNoticed() {
        let archive = TarPieces().adding("name", "content").bytes
        for index in 0..<512 {
            var changed = archive
            changed[index] ^= 1
            // The sum may be followed by a zero or a space.
            if !(154...155).contains(index) { #expect(message(changed) != nil, "\(index)") }
        }
    }

    /// What comes of it does not matter, as long as there is an answer and what is read keeps its promises.
    @Test func changedArchivesNeverLeadElsewhere() {
        let seed = TarPieces().adding(pax: [("path", "d/aa"), ("size", "7"), ("mtime", "5.5"), ("uid", "1")]).adding("a", "content")
            .adding("l", type: "2", link: "t").adding("x", type: "L", "d/long\u{0}").adding("h", type: "1", link: "d/aa").ended.bytes
        var state: UInt64 = 88_172_645_463_325_252
        func random(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        for _ in 0..<4_000 {
            var changed = seed
            for _ in 0...random(4) { changed[random(changed.count)] = UInt8(random(256)) }
            for start in stride(from: 0, to: changed.count, by: 512) where changed[start + 257] == UInt8(ascii: "u") {
                TarPieces.resum(&changed, at: start)
            }
            for (entry, content) in (try? entries(changed)) ?? [] {
                #expect(!entry.path.hasPrefix("/") && !entry.path.split(separator: "/").contains(".."))
                if case .file(let size) = entry.content { #expect(size == content.count) }
            }
        }
    }

    @Test func limitsHold() {
        var limits = TarLimits()
        (limits.entries, limits.bytes) = (4, 10)
        let many = (0..<9).reduce(TarPieces()) { $0.adding("f\($1)") }
        #expect(message(many.bytes, limits: limits)?.contains("more than 4 entries") == true)
        #expect(
            message(TarPieces().adding("a", "12345").adding("b", "123456").bytes, limits: limits)?.contains("more than 10 bytes") == true)
        #expect(message(TarPieces().adding("a", "12345").adding("b", "12345").bytes, limits: limits) == nil)
    }
}
