import FarmModel
import Testing

@testable import FarmRunner

@Suite struct PhaseScriptsTests {
    @Test func phasesBecomeScripts() {
        var build = Phase(name: "build it", command: .script("make"))
        build.workingDirectory = "sub dir"
        build.variables = ["B": "it's", "A": "1"]
        let check = Phase(name: "check", command: .arguments(["echo", "a b", "it's"]))
        let scripts = PhaseScripts(Plan(architecture: .native, phases: [build, check])).scripts
        #expect(scripts.map(\.name) == ["1-build_it", "2-check"])
        #expect(scripts[0].text == "#!/bin/sh -e\ncd /build && cd 'sub dir'\nexport A='1'\nexport B='it'\\''s'\nmake\n")
        #expect(scripts[1].text == "#!/bin/sh -e\ncd /build\nexec 'echo' 'a b' 'it'\\''s'\n")
    }
}
