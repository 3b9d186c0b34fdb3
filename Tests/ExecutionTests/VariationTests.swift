import FarmModel
import HostSystem
import Testing

@testable import Execution

@Suite struct VariationTests {
    private var all: Variation {
        var variation = Variation()
        variation.hostName = "elsewhere"
        variation.locale = "C"
        variation.timeZone = "BFT-1"
        variation.fileModeMask = 0o002
        variation.reversesFolders = true
        variation.usesOneProcessor = true
        variation.clock = .init(library: "/lib/time.so", seconds: 60)
        return variation
    }

    @Test func eachAspectIsRecordedAndCanBeTakenBack() {
        #expect(all.json.members.map(\.key) == Variation.Aspect.allCases.map(\.rawValue))
        #expect(Variation().json.members.isEmpty)
        for aspect in Variation.Aspect.allCases {
            var variation = all
            variation.reset(aspect)
            #expect(variation.json.members.map(\.key) == Variation.Aspect.allCases.filter { $0 != aspect }.map(\.rawValue))
        }
        var none = all
        for aspect in Variation.Aspect.allCases { none.reset(aspect) }
        #expect(none == Variation())
    }

    @Test func documentsDecideOnTheirOwnVariables() throws {
        var request = ExecutionRequest(
            plan: Plan(architecture: .native, phases: [Phase(name: "a", command: .script("true"))]), workspace: Workspace(path: "/w"))
        request.variation = all
        request.plan.variables = ["TZ": "Europe/Paris"]
        let made = try PhaseVariables.make(request.plan.phases[0], of: request, in: .sandbox)
        let variables = Dictionary(uniqueKeysWithValues: made.map { ($0.name, $0.value) })
        #expect(variables["TZ"] == "Europe/Paris")
        #expect(variables["LANG"] == "C")
        #expect(variables["LD_PRELOAD"] == "/lib/time.so")
        #expect(variables["FAKETIME"] == "+60")
        #expect(variables["SOURCE_DATE_EPOCH"] == "\(Plan.defaultSourceDateEpoch)")
    }

    @Test func theSandboxHasTheOtherHostName() throws {
        var request = ExecutionRequest(
            plan: Plan(architecture: .native, phases: [Phase(name: "a", command: .script("true"))]), workspace: Workspace(path: "/w"))
        func hostName() throws -> String? {
            let options = try SandboxPlan(request.plan.phases[0], of: request, root: [], ownFiles: []).arguments.options()
            return options.firstIndex(of: "--hostname").map { options[$0 + 1] }
        }
        #expect(try hostName() == "bf")
        request.variation = all
        #expect(try hostName() == "elsewhere")
    }

    @Test func processesGetMaskAndProcessor() throws {
        var spawn = SpawnRequest(["/bin/sh", "-c", "umask; nproc"], environment: ["PATH=/usr/bin:/bin"])
        let (readEnd, writeEnd) = try Descriptor.pipe()
        spawn.standardOutput = writeEnd
        all.apply(to: &spawn)
        let child = try ProcessSpawner.spawn(spawn)
        writeEnd.close()
        #expect(String(decoding: try readEnd.readAll(limit: 100), as: UTF8.self) == "0002\n1\n")
        _ = try child.wait()
    }
}
