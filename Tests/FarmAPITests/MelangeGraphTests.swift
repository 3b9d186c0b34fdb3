import FarmAPI
import FarmModel
import Recipes
import Testing

@Suite struct MelangeGraphTests {
    private func order(_ packages: [(String, [String])], mode: MelangeBuildRequest.Mode = .dag) throws(MelangeError) -> [String] {
        let texts = packages.map { configuration($0.0, $0.1) }
        return try MelangePackageSet(configurations: texts, mode: mode).packages.map(\.name)
    }

    private func failure(_ packages: [(String, [String])]) -> MelangeError? {
        do throws(MelangeError) {
            _ = try order(packages)
            return nil
        } catch { return error }
    }

    @Test func linearChain() throws {
        #expect(try order([("c", ["b"]), ("b", ["a"]), ("a", [])]) == ["a", "b", "c"])
    }

    @Test func diamond() throws {
        #expect(try order([("d", ["b", "c"]), ("c", ["a"]), ("b", ["a"]), ("a", [])]) == ["a", "b", "c", "d"])
    }

    @Test func externalDependencies() throws {
        let set = try MelangePackageSet(configurations: [configuration("b", ["busybox", "a", "glibc"]), configuration("a")], mode: .dag)
        #expect(set.packages.map(\.name) == ["a", "b"])
        #expect(set.needs == [[], ["a"]])
        #expect(set.packages[1].dependencies == ["busybox", "a", "glibc"])
    }

    @Test func cycle() {
        let error = failure([("b", ["a"]), ("a", ["b"])])
        #expect(error == MelangeError(400, "dependency error: cycle detected in dependency graph: [a b a]"))
    }

    @Test func selfLoop() {
        #expect(failure([("a", ["a"])])?.text == "dependency error: cycle detected in dependency graph: [a a]")
    }

    @Test func determinism() throws {
        for names in [["z", "a", "m"], ["a", "m", "z"], ["m", "z", "a"]] {
            #expect(try order(names.map { ($0, []) }) == ["a", "m", "z"])
        }
    }

    @Test func complexGraph() throws {
        let packages: [(String, [String])] = [("e", ["d"]), ("d", ["c"]), ("c", ["a", "b"]), ("b", []), ("a", [])]
        #expect(try order(packages) == ["a", "b", "c", "d", "e"])
        #expect(try order(packages.reversed()) == ["a", "b", "c", "d", "e"])
    }

    @Test func readySetIsAlphabeticalAtEachStep() throws {
        #expect(try order([("x", []), ("a", ["x"]), ("b", []), ("y", ["b"])]) == ["b", "x", "a", "y"])
    }

    @Test(arguments: ["foo=1.2", "foo>1", "foo~1", "foo>=1.2", "foo<2", "foo@edge", "foo"]) func entryWithConstraintMeans(_ entry: String)
        throws
    {
        let set = try MelangePackageSet(configurations: [configuration("bar", ["\"\(entry)\""]), configuration("foo")], mode: .dag)
        #expect(set.packages.map(\.name) == ["foo", "bar"])
        #expect(set.packages[1].dependencies == [entry])
    }

    @Test func conflictsAndOtherNamesAreExternal() throws {
        #expect(try order([("a", ["\"!b\"", "b-dev", "${{vars.b}}"]), ("b", [])]) == ["a", "b"])
    }

    @Test func aRepeatedDependencyCountsOnce() throws {
        let set = try MelangePackageSet(configurations: [configuration("b", ["a", "a", "a=1"]), configuration("a")], mode: .dag)
        #expect(set.packages.map(\.name) == ["a", "b"])
        #expect(set.needs == [[], ["a"]])
    }

    @Test func flatModeHasNoEdgesAndTakesCycles() throws {
        #expect(try order([("b", ["a"]), ("a", ["b"])], mode: .flat) == ["a", "b"])
        let set = try MelangePackageSet(configurations: [configuration("b", ["a"]), configuration("a")], mode: .flat)
        #expect(set.needs == [[], []])
    }

    @Test func documentedConfigurationIsRead() throws {
        let configuration = try MelangeConfiguration(yaml: try fixture("melange/config.yaml"))
        #expect(configuration.name == "my-package")
        #expect(configuration.version == "1.0.0")
        #expect(configuration.packages == ["busybox"])
    }

    @Test func jobsCarryEverything() throws {
        let request = try MelangeBuildRequest(body: Array(try fixture("melange/build-request-all.json").utf8))
        guard case .texts(let texts) = request.source else {
            Issue.record("not texts")
            return
        }
        let set = try MelangePackageSet(configurations: texts, mode: .dag)
        let jobs = try set.jobs(request.options, usual: .native)
        #expect(jobs.map(\.identity.name) == ["lib", "app"])
        #expect(jobs.map(\.identity.architecture.name) == ["aarch64", "aarch64"])
        #expect(jobs.map(\.recipe) == ["melange", "melange"])
        #expect(jobs.map { $0.needs.map(\.name) } == [[], ["lib"]])
        #expect(jobs[0].labels == ["tier=high-memory", "zone=eu"])
        #expect(JSONValue.object(jobs[1].document).text == (try fixture("melange/build-request-all.record.json")).trimmingSuffix())
    }
}

extension String {
    fileprivate func trimmingSuffix() -> String { last == "\n" ? String(dropLast()) : self }
}
