import FarmModel
import Foundation
import Testing

@testable import Recipes

/// Scripts of phases, run.
@Suite struct MelangeShellTests {
    /// Runs a phase's script as the runner would, below a folder of its own.
    private func run(_ phase: Phase, in folder: URL) throws -> (output: String, status: Int32) {
        let home = folder.appendingPathComponent("home").path
        let script = phase.script.replacing("/home/build", with: home).replacing("/build/", with: folder.path + "/build/").replacing(
            "/bin/sh -e", with: "/bin/bash -e")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-e", "-c", script]
        process.environment = ["BF_OUT": folder.appendingPathComponent("out").path, "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
    }

    private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("melange-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("build/files"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    @Test func scriptsRunStepByStep() throws {
        let built = try build(
            configuration(
                """
                pipeline:
                  - name: It's "first" $HOME
                    environment: {GREETING: "it's $HOME; $(exit 7)"}
                    working-directory: a'b/$(exit 8)
                    runs: |
                      echo "$GREETING" 'in' "${PWD##*/}"
                      X=1
                      false || true
                      [ -n "" ] && echo never
                  - runs: |
                      #!/bin/sh
                      echo "X=${X-unset}"; cat ../file
                      echo tree > ${{targets.destdir}}/tree
                    working-directory: inner
                """))
        try withFolder { folder in
            try Data("beside\n".utf8).write(to: folder.appendingPathComponent("build/files/file"))
            let (output, status) = try run(built.work.phases[0], in: folder)
            #expect(output == "--- It's \"first\" $HOME\nit's $HOME; $(exit 7) in $(exit 8)\n--- step 2\nX=unset\nbeside\n")
            #expect(status == 0)
            #expect(try String(contentsOf: folder.appendingPathComponent("out/tree/tree"), encoding: .utf8) == "tree\n")
        }
    }

    @Test(arguments: [
        ("exit 3", 3), ("false; echo never", 1), ("false | true; echo never", 1), ("(exit 4)", 4), ("cat <<EOF\nunfinished", 0),
        ("echo )", 2),
    ])
    func aStepThatFailsEndsThePhase(_ script: String, _ expected: Int32) throws {
        let text = script.replacing("\n", with: "\n      ")
        let built = try build(configuration("pipeline:\n  - runs: |\n      \(text)\n  - runs: echo second"))
        try withFolder { folder in
            let (output, status) = try run(built.work.phases[0], in: folder)
            #expect(status == expected)
            #expect(output.contains("--- step 2\nsecond") == (expected == 0))
            #expect(!output.contains("never"))
        }
    }

    @Test func fetchedFilesAreLaidOutAndUnpacked() throws {
        let text = configuration(
            "pipeline: [{uses: fetch, with: {uri: 'https://example.org/t.tar', expected-none: 'true'}}, {runs: 'cat file'}]")
        let built = try build(text)
        try withFolder { folder in
            let store = folder.appendingPathComponent("build/fetch/0")
            try FileManager.default.createDirectory(at: store.appendingPathComponent("top"), withIntermediateDirectories: true)
            try Data("within\n".utf8).write(to: store.appendingPathComponent("top/file"))
            let tar = try Process.run(
                URL(fileURLWithPath: "/bin/tar"), arguments: ["-C", store.path, "--remove-files", "-cf", store.path + "/any", "top"])
            tar.waitUntilExit()
            let (output, status) = try run(built.work.phases[0], in: folder)
            #expect(output == "--- fetch\n--- step 2\nwithin\n" && status == 0)
        }
    }

    @Test(arguments: ["", "plain", "it's", "'", "''", "$HOME `id` \\ \" \n !", "é\u{7f}"]) func quotedTextsMeanThemselves(_ text: String)
        throws
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "printf %s \(ShellText.quoted(text))"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == text)
        process.waitUntilExit()
    }
}
