import FarmModel
import HostSystem
import PackageFiles
import Testing

@testable import PackageWriting

@Suite struct ELFReaderTests {
    private func object(_ bytes: [UInt8]) throws -> ELFObject? {
        var tree = PackageTree()
        try tree.add(bytes, at: "x")
        return try ELFReader.object(in: try tree.open(tree.entries[0]))
    }

    @Test(arguments: [true, false], [true, false])
    func allWidthsAndByteOrders(is64Bit: Bool, isBigEndian: Bool) throws {
        let builder = ELFBuilder(
            is64Bit: is64Bit, isBigEndian: isBigEndian, machine: 183, interpreter: "/lib/ld-linux-aarch64.so.1",
            needed: ["libc.so.6", "libz.so.1"], libraryName: "libme.so.2.1", sections: [".text", ".debug_info"])
        let expected = ELFObject(
            machine: 183, interpreter: "/lib/ld-linux-aarch64.so.1", needed: ["libc.so.6", "libz.so.1"], libraryName: "libme.so.2.1",
            hasDebugSections: true)
        #expect(try object(builder.bytes) == expected)
    }

    @Test func whatIsNotThereIsNotSaid() throws {
        #expect(try object(ELFBuilder(machine: 40).bytes) == ELFObject(machine: 40))
        #expect(try object(ELFBuilder(sections: [".text", ".data", "debug"]).bytes)?.hasDebugSections == false)
        #expect(try object(ELFBuilder(sections: [".zdebug_line"]).bytes)?.hasDebugSections == true)
    }

    @Test func namesThatAreNoneAreLeftOut() throws {
        let builder = ELFBuilder(
            needed: ["", "two words", "line\nend", "a.so.1>=2", "!b.so.1", String(repeating: "n", count: 256), "ok.so.1"], libraryName: "ü")
        #expect(try object(builder.bytes) == ELFObject(machine: 62, needed: ["ok.so.1"]))
    }

    @Test(arguments: [[], Array("#!/bin/sh\n".utf8), [0x7F, 0x45, 0x4C], [0x7F, 0x45, 0x4C, 0x46], Array(repeating: 0, count: 100)])
    func otherFilesAreNone(bytes: [UInt8]) throws { #expect(try object(bytes) == nil) }

    /// Nothing that a file says makes the reader fail, or read for long.
    @Test func truncatedAndDamagedFiles() throws {
        for builder in [
            ELFBuilder(interpreter: "/lib/ld.so", needed: ["libc.so.6"], libraryName: "libme.so.1", sections: [".debug"]),
            ELFBuilder(is64Bit: false, isBigEndian: true, interpreter: "/lib/ld.so", needed: ["libc.so.6"], libraryName: "libme.so.1"),
        ] {
            let bytes = builder.bytes
            for length in 0..<bytes.count { _ = try object(Array(bytes.prefix(length))) }
            for place in bytes.indices {
                for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                    var damaged = bytes
                    damaged[place] = value
                    _ = try object(damaged)
                }
            }
            for place in stride(from: 16, to: bytes.count - 8, by: 4) {
                var damaged = bytes
                damaged.replaceSubrange(place..<place + 8, with: [UInt8](repeating: 0xFF, count: 8))
                _ = try object(damaged)
            }
        }
    }

    @Test func programsOfThisMachine() throws {
        let program = try #require(try object(try Files.readAll("/usr/bin/true", limit: 16 << 20)))
        #expect(program.interpreter?.contains("ld-") == true)
        #expect(program.needed.contains { $0.hasPrefix("libc.") })
        #expect(program.libraryName == nil)
        let folder = ["/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/lib64", "/usr/lib"].first { Files.hasFile("\($0)/libz.so.1") }
        let library = try object(try Files.readAll("\(try #require(folder))/libz.so.1", limit: 16 << 20))
        #expect(library?.libraryName == "libz.so.1")
        #expect(library?.machine == program.machine)
    }
}

extension Files {
    fileprivate static func hasFile(_ path: String) -> Bool { (try? status(path, following: true)) != nil }
}
