import FarmModel
import FarmStore
import TestSupport
import Testing

@testable import LogsCommand

@Suite struct LogPartTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func index(_ text: String) throws -> LogIndex { try LogIndex(path: try folder.write(text, to: "1.idx")) }

    private let marks = """
        h 0 0 1 1000000
        s 0 0 prepare
        e 10 5 success prepare
        s 10 5 compile
        t 10 300
        t 50 900
        e 100 1000 build compile
        s 100 1000 clean

        """

    @Test func piecesOfPhases() throws {
        let index = try index(marks)
        func pieces(_ phases: LogPart.Phases, from position: Int64 = 0) -> [LogPart.Piece] {
            LogPart(phases: phases).pieces(in: index, from: position, to: 120)
        }
        #expect(pieces(.all, from: 7) == [.init(range: 7..<120, isClosed: false)])
        #expect(pieces(.named("compile")) == [.init(range: 10..<100, isClosed: true)])
        #expect(pieces(.named("compile"), from: 60) == [.init(range: 60..<100, isClosed: true)])
        #expect(pieces(.named("clean")) == [.init(range: 100..<120, isClosed: false)])
        #expect(pieces(.named("prepare"), from: 10).isEmpty && pieces(.named("none")).isEmpty)
        #expect(pieces(.failed(.build, message: "phase compile failed")) == pieces(.named("compile")))
        #expect(pieces(.failed(.timeout, message: nil)) == pieces(.named("clean")))
    }

    @Test func thePhaseThatFailedIsTheNamedOne() throws {
        let index = try index("s 0 0 lint\ne 5 1 build lint\ns 5 1 test all\ne 9 2 build test all\ns 9 2 clean\ne 9 3 build clean\n")
        #expect(index.failedPhase(.build, message: "phase test all failed with exit code 1")?.name == "test all")
        #expect(index.failedPhase(.build, message: "exit code 1 (in phase clean)")?.name == "clean")
        #expect(index.failedPhase(.build, message: nil)?.name == "lint")
        #expect(index.failedPhase(.lost, message: nil) == nil)
    }

    @Test func timesAreThoseOfMarks() throws {
        let index = try index(marks)
        #expect(index.offset(sinceWallMilliseconds: 0) == 0)
        #expect(index.offset(sinceWallMilliseconds: 1_000_250) == 10)
        #expect(index.offset(sinceWallMilliseconds: 1_000_401) == 50)
        #expect(index.offset(sinceWallMilliseconds: 1_002_000) == nil)
        #expect(index.wallMilliseconds(at: 49) == 1_000_300)
        #expect(index.end(ofPlaceAt: 10) == 50 && index.end(ofPlaceAt: 100) == .max)
        #expect(try LogIndex(path: folder("none")).offset(sinceWallMilliseconds: 5) == 0)
    }

    @Test func sinceTakesWholeLines() throws {
        let path = try folder.write("0123456789\nabc\ndef\nghi\n", to: "1.log")
        var reader = try #require(try LogReader(path: path))
        let index = try index("h 0 0 1 1000\nt 0 0\nt 13 500\n")
        #expect(try LogPart(sinceMilliseconds: 1_450).start(in: &reader, index, size: 23) == 11)
        #expect(try LogPart(sinceMilliseconds: 9_999).start(in: &reader, index, size: 23) == 23)
        #expect(try LogPart(sinceMilliseconds: 1_450, lines: .last(1)).start(in: &reader, index, size: 23) == 19)
        #expect(try LogPart(sinceMilliseconds: 1_450, lines: .last(9)).start(in: &reader, index, size: 23) == 11)
        #expect(try LogPart(lines: .last(0)).start(in: &reader, index, size: 23) == 23)
    }

    @Test func anIndexThatGrowsIsReadOn() throws {
        let path = try folder.write("h 0 0 1 1000\ns 0 0 one\nt 0 10\ne 5 2", to: "1.idx")
        var index = try LogIndex(path: path)
        #expect(index.phases.map(\.end) == [nil] && index.markCount == 3)
        try folder.append("0 success one\ns 5 20 two\n", to: "1.idx")
        try index.update()
        #expect(index.phases.map(\.name) == ["one", "two"] && index.phases[0].end == 5 && index.phases[0].endMilliseconds == 20)
    }
}

extension TemporaryFolder {
    fileprivate func append(_ text: String, to name: String) throws { try write(try self.text(of: name) + text, to: name) }
}
