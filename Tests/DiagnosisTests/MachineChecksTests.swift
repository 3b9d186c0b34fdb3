import Execution
import FarmModel
import Testing

@testable import Diagnosis

@Suite struct MachineChecksTests {
    private func sandbox(_ change: (inout SandboxFacts) -> Void = { _ in }) -> [String: CheckRecord] {
        var settings = KernelSettings()
        (settings.unprivilegedClone, settings.mostUserNamespaces, settings.restrictedByAppArmor) = (nil, 1_000, nil)
        var facts = SandboxFacts(version: "0.8.0", problem: nil, settings: settings, makesNamespaces: true, networkProblem: nil)
        change(&facts)
        return Dictionary(uniqueKeysWithValues: facts.checks.map { ($0.name, $0) })
    }

    @Test func theSandbox() {
        #expect(sandbox().values.allSatisfy { $0.verdict == .ok })
        #expect(sandbox()["sandbox"]?.found == "bubblewrap 0.8.0 makes sandboxes")
        let broken = sandbox { $0.problem = MissingAbility("no sandbox: x", remedy: "do y") }
        #expect(broken["sandbox"] == CheckRecord("sandbox", .problem, "no sandbox: x", remedy: "do y"))
    }

    @Test func namespacesMatterOnlyWhereTheSandboxNeedsThem() {
        func forbidden(_ problem: MissingAbility?) -> CheckRecord? {
            sandbox {
                $0.makesNamespaces = false
                $0.settings.restrictedByAppArmor = 1
                $0.problem = problem
            }["namespaces"]
        }
        #expect(forbidden(nil)?.verdict == .warning)
        #expect(forbidden(MissingAbility("x", remedy: "y"))?.verdict == .problem)
        #expect(forbidden(nil)?.remedy?.contains("kernel.apparmor_restrict_unprivileged_userns=0") == true)
        #expect(sandbox { $0.makesNamespaces = nil }["namespaces"]?.verdict == .absent)
        #expect(sandbox { $0.makesNamespaces = false }["namespaces"]?.verdict == .warning)
        // A setting that forbids them to others does not matter to who can make them.
        let root = sandbox { $0.settings.mostUserNamespaces = 0 }
        #expect(root["namespaces"]?.verdict == .ok)
    }

    @Test func theNetworkIsAbsentOrCannotBeUsed() {
        #expect(sandbox { $0.networkProblem = MissingAbility("x", remedy: "y", isMissing: true) }["network"]?.verdict == .absent)
        #expect(sandbox { $0.networkProblem = MissingAbility("x", remedy: "y") }["network"]?.verdict == .warning)
    }

    @Test func controlGroups() {
        let all = ["memory", "pids", "cpu"]
        #expect(ControlGroupSurvey(version: .second, usable: all, missing: []).check.verdict == .ok)
        #expect(ControlGroupSurvey(version: .first, usable: all, missing: []).check.found == "version 1: memory, pids, cpu")
        #expect(ControlGroupSurvey(version: .none, usable: [], missing: all).check.verdict == .warning)
        let partly = ControlGroupSurvey(version: .mixed, usable: ["pids"], missing: ["memory", "cpu"]).check
        #expect(partly.verdict == .warning)
        #expect(partly.found == "versions 1 and 2: pids to be used from here, not memory, cpu")
        #expect(partly.remedy?.contains("Delegate=yes") == true)
    }

    @Test(
        arguments: [
            ("3.40.1", CheckRecord.Verdict.ok, true), ("3.51.2", .ok, true), ("3.51.3", .ok, false), ("3.52.0", .ok, false),
            ("3.50.7", .ok, false), ("3.44.6", .ok, false), ("3.44.5", .ok, true), ("3.36.9", .problem, false), ("new", .warning, false),
        ])
    func sqlite(_ version: String, _ verdict: CheckRecord.Verdict, _ isGuarded: Bool) {
        let check = DatabaseLibraryFacts(version: version).check
        #expect(check.verdict == verdict)
        #expect(check.found.contains("guarded") == isGuarded)
    }

    private func clock(_ change: (inout ClockFacts) -> Void) -> CheckRecord? {
        var facts = ClockFacts(now: 1_000_000_000_000, isSynchronised: true, newestEvent: nil, bootIdentifier: "a")
        change(&facts)
        return facts.checks.first { $0.name == "clock" }
    }

    @Test func theClock() {
        #expect(clock { _ in }?.verdict == .ok)
        #expect(clock { $0.isSynchronised = nil }?.verdict == .ok)
        #expect(clock { $0.isSynchronised = false }?.verdict == .warning)
        #expect(clock { $0.newestEvent = $0.now + 1 }?.verdict == .problem)
        #expect(clock { $0.newestEvent = $0.now - 29 * 86_400_000 }?.verdict == .ok)
        #expect(clock { $0.newestEvent = $0.now - 31 * 86_400_000 }?.verdict == .warning)
        let bootless = ClockFacts(now: 0, isSynchronised: true, newestEvent: nil, bootIdentifier: "")
        #expect(bootless.checks.last?.verdict == .problem)
    }

    private func limits(_ change: (inout LimitFacts) -> Void) -> [String: CheckRecord] {
        var facts = LimitFacts(openFiles: (1024, 4096), processors: 8, inotifyInstances: 128, canWatch: true, tellsPressure: true)
        change(&facts)
        return Dictionary(uniqueKeysWithValues: facts.checks.map { ($0.name, $0) })
    }

    @Test func limitsOfUserAndKernel() {
        #expect(limits { _ in }.values.allSatisfy { $0.verdict == .ok })
        #expect(limits { $0.processors = 64 }["open-files"]?.verdict == .warning)
        #expect(limits { $0.processors = 32 }["open-files"]?.remedy == "run ulimit -n 2176 before bf-run")
        #expect(limits { $0.processors = 400 }["open-files"]?.remedy?.contains("LimitNOFILE=") == true)
        #expect(limits { $0.openFiles = (.max, .max) }["open-files"]?.found == "no limit")
        #expect(limits { $0.openFiles = nil }["open-files"]?.verdict == .absent)
        #expect(limits { $0.canWatch = false }["inotify"]?.verdict == .warning)
        #expect(limits { $0.tellsPressure = false }["pressure"]?.verdict == .absent)
    }

    @Test func limitsAreReadAsTheKernelWritesThem() {
        let text =
            "Limit  Soft Limit  Hard Limit  Units\nMax processes  1  2  processes\nMax open files            1024        unlimited     files\n"
        #expect(LimitFacts.openFiles(in: text)?.soft == 1024)
        #expect(LimitFacts.openFiles(in: text)?.hard == .max)
        #expect(LimitFacts.openFiles(in: "") == nil)
    }

    @Test func tools() {
        var tool = ToolFacts(name: "git", purpose: "no sources", package: "git", found: "git version 2")
        #expect(tool.check == CheckRecord("git", .ok, "git version 2"))
        tool.found = nil
        #expect(tool.check == CheckRecord("git", .absent, "not installed: no sources", remedy: "install the package git"))
    }

    @Test func services() {
        var service = ServiceFacts(hasManager: true, systemUnit: nil, userUnit: "/u", lingers: true, user: "ann")
        #expect(service.check == CheckRecord("service", .ok, "/u"))
        service.lingers = false
        #expect(service.check.verdict == .warning)
        #expect(service.check.remedy == "run loginctl enable-linger ann")
        service.userUnit = nil
        #expect(service.check.verdict == .absent)
        service.systemUnit = "/s"
        #expect(service.check == CheckRecord("service", .ok, "/s"))
        service.hasManager = false
        #expect(service.check.verdict == .absent)
    }
}
