import FarmModel
import HostSystem
import TestSupport
import Testing
import ToolKit

struct InputFilesTests {
    private let folder: TemporaryFolder
    private let files: InputFiles

    init() throws {
        folder = try TemporaryFolder()
        var limits = InputFiles.Limits()
        limits.file = 10
        limits.total = 25
        limits.stream = 100
        files = InputFiles(limits: limits) { names in names.filter { $0.hasSuffix(".txt") } }
    }

    private func read(_ arguments: String..., input: String = "") throws -> [InputFile] {
        try files.read(arguments, in: Streams(input: input).context)
    }

    @Test func filesFoldersAndStandardInput() throws {
        try folder.write("bee", to: "b.txt")
        try folder.write("ay", to: "a.txt")
        try folder.write("sea", to: "c.bin")
        try Files.makeFolder(folder.path + "/d.txt")
        let path = folder.path
        let found = try read(path, "-", path + "/c.bin", input: "stream")
        #expect(found.map(\.name) == [path + "/a.txt", path + "/b.txt", "-", path + "/c.bin"])
        #expect(found.map { String(decoding: $0.bytes, as: UTF8.self) } == ["ay", "bee", "stream", "sea"])
        let absolute = try Files.realPath(path)
        #expect(found.map(\.folder) == [absolute, absolute, try Files.realPath("."), absolute])
        #expect(try read() == [])
    }

    @Test func whatIsMissingIsNamed() throws {
        let path = folder.path
        #expect(throws: FarmError(.noInput, "cannot examine \(path)/x: No such file or directory")) { try read(path + "/x") }
        #expect(throws: FarmError(.noInput, "the folder \(path) has no documents")) { try read(path) }
        #expect(throws: FarmError(.usage, "an argument is empty; give a file, a folder or -")) { try read("") }
        #expect(throws: FarmError(.usage, "- stands twice, but there is only one standard input")) { try read("-", "-") }
    }

    @Test func sizesAreLimited() throws {
        let path = folder.path
        try folder.write(String(repeating: "x", count: 10), to: "10.txt")
        try folder.write(String(repeating: "x", count: 11), to: "11.txt")
        try folder.write(String(repeating: "x", count: 100), to: "s.ndjson")
        try folder.write(String(repeating: "x", count: 101), to: "t.ndjson")
        #expect(try read(path + "/10.txt", path + "/s.ndjson").map(\.bytes.count) == [10, 100])
        #expect(throws: FarmError(.badInput, "\(path)/11.txt is larger than 10B")) { try read(path + "/11.txt") }
        #expect(throws: FarmError(.badInput, "\(path)/t.ndjson is larger than 100B")) { try read(path + "/t.ndjson") }
        #expect(throws: FarmError(.badInput, "the files up to \(path)/10.txt are larger together than 25B")) {
            try read(path + "/10.txt", path + "/10.txt", path + "/10.txt")
        }
        #expect(try read("-", input: String(repeating: "x", count: 100)).count == 1)
        #expect(throws: FarmError(.badInput, "standard input is larger than 100B")) {
            try read("-", input: String(repeating: "x", count: 101))
        }
        #expect(throws: FarmError(.badInput, "/dev/zero is larger than 10B")) { try read("/dev/zero") }
    }
}
