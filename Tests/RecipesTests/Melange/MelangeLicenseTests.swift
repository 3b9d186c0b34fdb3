import FarmModel
import Testing

@testable import Recipes

@Suite struct MelangeLicenseTests {
    private func built() throws -> MelangeBuild {
        try build(
            """
            package:
              name: tree
              version: 1
              epoch: 0
              copyright: [{license: MIT}, {license: Own, license-path: 'doc/${{vars.text}}', detection-override: MIT}]
            vars: {text: "it's mine"}
            subpackages:
              - {name: same}
              - {name: other, copyright: [{license: Other, license-path: ./COPYING}]}
            """)
    }

    @Test func textsAreCopiedAfterAllSteps() throws {
        let built = try built()
        #expect(built.work.phases.map(\.name) == ["build", "licenses"])
        let message = "license-path: doc/it'\\''s mine is no file of the workspace; correct the path, or have a step make the file"
        #expect(
            built.work.phases[1].script.split(separator: "\n").map(String.init) == [
                "[ -f '/home/build/doc/it'\\''s mine' ] || { printf '%s\\n' '\(message)' >&2; exit 1; }",
                "mkdir -p \"$(dirname \"$BF_OUT\"/'.licenses/tree/1')\"",
                "cp -L '/home/build/doc/it'\\''s mine' \"$BF_OUT\"/'.licenses/tree/1'",
                "[ -f '/home/build/COPYING' ] || { printf '%s\\n' "
                    + "'license-path: COPYING is no file of the workspace; correct the path, or have a step make the file' >&2; exit 1; }",
                "mkdir -p \"$(dirname \"$BF_OUT\"/'.licenses/other/0')\"", "cp -L '/home/build/COPYING' \"$BF_OUT\"/'.licenses/other/0'",
            ])
    }

    @Test func packagesKnowWhereTheCopiesAre() throws {
        let texts = try built().packages.map { $0.copyrights.map(\.textPath) }
        #expect(texts == [[nil, ".licenses/tree/1"], [nil, ".licenses/tree/1"], [".licenses/other/0"]])
    }
}
