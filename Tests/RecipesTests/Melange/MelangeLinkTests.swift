import Documents
import FarmModel
import Testing

@testable import Recipes

/// What is told of the order among the configurations of a submission.
@Suite struct MelangeLinkTests {
    private func input(_ name: String, version: String = "1", needs: [String] = [], rest: String = "") -> DocumentInput {
        let needs = needs.map { "'\($0)'" }.joined(separator: ", ")
        let text = """
            package: {name: \(name), version: '\(version)', epoch: 0}
            environment: {contents: {packages: [\(needs)]}}
            \(rest)
            """
        return DocumentInput(name: "\(name).yaml", bytes: Array(text.utf8), base: "/work")
    }

    private func reading(_ inputs: [DocumentInput], breaking brokenNeeds: [(String, String)] = []) throws -> DocumentReading {
        var defaults = DocumentDefaults(architecture: try x86())
        defaults.packages.brokenNeeds = Set(brokenNeeds.map { PackageDefaults.BrokenNeed(package: $0.0, need: $0.1) })
        return DocumentReader(defaults: defaults).reading(of: inputs)
    }

    @Test func whatRepositoriesMustHaveIsTold() throws {
        let inputs = [input("app", needs: ["lib>2", "so:libc.so.6", "gcc>=12", "!musl"]), input("lib", needs: ["gcc", "app"])]
        #expect(
            try reading(inputs).outsideNeeds.notes == [
                #"app.yaml:2:37: needs "lib>2", but what is built here has 1-r0; a repository must have it"#,
                "no configuration makes 2 packages that are needed, so that repositories must have them: gcc, so:libc.so.6",
            ])
        #expect(try reading([inputs[1]]).outsideNeeds.notes.count == 1)
        #expect(try reading([input("app", needs: ["lib"]), input("lib")]).outsideNeeds.notes == [])
    }

    @Test func manyAreCounted() throws {
        let needs = (100..<170).map { "p\($0)" } + (1..<40).map { "lib=\($0)" }
        let notes = try reading([input("app", needs: needs), input("lib")]).outsideNeeds.notes
        #expect(notes.count == 22)
        #expect(notes[20] == "these are the first 20 needs of other versions")
        #expect(notes[21].hasPrefix("no configuration makes 70 packages that are needed, "))
        #expect(notes[21].contains(" must have them: p100, p101, "))
        #expect(notes[21].hasSuffix(", p149, and 20 more"))
    }

    @Test func whatCouldNotBeReadIsNotMissing() throws {
        let reading = try reading([input("app", needs: ["lib"]), input("lib", rest: "nonsense: 1")])
        #expect(reading.errors.list.count == 1)
        #expect(reading.outsideNeeds.notes == [])
    }

    @Test func packagesMadeTwiceLeaveTheOrderReadable() throws {
        let reading = try reading([
            input("a", needs: ["b", "sub"]), input("b", needs: ["a"], rest: "subpackages: [{name: sub}]"),
            input("a", version: "2", needs: ["sub", "a"], rest: "subpackages: [{name: sub}]"),
        ])
        #expect(reading.errors.list.count == 2)
        #expect(reading.jobs.map { $0.needs.map(\.name) } == [["b"], ["a"], []])
    }

    @Test(arguments: [
        ("app", "lib", nil),
        ("app", "lob", #"--break-need app:lob: "app" does not wait for a configuration "lob", did you mean "lib"?"#),
        ("app", "lib-dev", #"--break-need app:lib-dev: "app" does not wait for a configuration "lib-dev"; it waits for lib, zip"#),
        ("app", "gcc", #"--break-need app:gcc: "app" does not wait for a configuration "gcc"; it waits for lib, zip"#),
        ("lib", "app", #"--break-need lib:app: "lib" does not wait for a configuration "app""#),
        ("ap", "lib", #"--break-need ap:lib: no configuration is called "ap", did you mean "app"?"#),
        ("elsewhere", "lib", #"--break-need elsewhere:lib: no configuration is called "elsewhere""#),
    ]) func needsThatNobodyHasCannotBeBroken(_ package: String, _ need: String, _ message: String?) throws {
        let inputs = [input("app", needs: ["lib-dev", "zip", "gcc"]), input("lib", rest: "subpackages: [{name: lib-dev}]"), input("zip")]
        let reading = try reading(inputs, breaking: [(package, need)])
        #expect(reading.failure == message.map { FarmError(.usage, $0) })
        #expect(reading.jobs[0].needs.map(\.name) == (message == nil ? ["zip"] : ["lib", "zip"]))
    }

    @Test func allThatIsWrongIsTold() throws {
        let twice = [input("a"), input("a", version: "2")]
        let failure = try #require(try reading(twice, breaking: [("b", "c"), ("a", "c")]).failure)
        #expect(failure.status == .badInput)
        #expect(failure.message.split(separator: "\n").count == 3)
        #expect(try reading([], breaking: [("b", "c")]).failure?.status == .usage)
    }
}
