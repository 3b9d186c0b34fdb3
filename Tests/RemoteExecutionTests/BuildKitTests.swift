import BuildKitClient
import Execution
import FarmModel
import HostSystem
import Testing

@testable import RemoteExecution

@Suite struct LiveLogTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func whatIsNotClippedPasses() {
        var log = LiveLog()
        #expect(Array(log.take(bytes("a\n"))) == bytes("a\n"))
        #expect(Array(log.take(bytes("b\n"))) == bytes("b\n"))
        #expect(log.size == 4)
        #expect(!log.isClipped)
    }

    @Test(arguments: ["2MiB", "200KiB/s"])
    func nothingPassesFromTheMarkOn(_ limit: String) {
        var log = LiveLog()
        #expect(Array(log.take(bytes("abc\n[output clipped, log limit \(limit) reached]\n"))) == bytes("abc"))
        #expect(log.isClipped)
        #expect(log.take(bytes("later")).isEmpty)
        #expect(log.size == 3)
        log.add(7)
        #expect(log.size == 10)
    }

    @Test func halfAMarkIsNone() {
        var log = LiveLog()
        #expect(Array(log.take(bytes("[output clipped, log limit 2MiB reached]"))).count == 40)
        #expect(!log.isClipped)
    }
}

@Suite struct PhaseScriptTests {
    @Test(arguments: [
        ("exit 0 12\n", PhaseScript.End.exited(code: 0, logSize: 12)), ("exit 143 0\n", .exited(code: 143, logSize: 0)),
        ("exit 3\n", .exited(code: 3, logSize: nil)), ("exit 0 12 outputs\n", .exited(code: 0, logSize: 12, hasOutputs: true)),
        ("chdir\n", .noDirectory), ("execute\n", .noProgram),
    ])
    func itsWordsAreRead(_ text: String, _ end: PhaseScript.End) { #expect(PhaseScript.end(Array(text.utf8)) == end) }

    @Test(arguments: ["", "exit", "exit x", "other 1", "\u{0}"])
    func whatItDoesNotWriteIsNothing(_ text: String) { #expect(PhaseScript.end(Array(text.utf8)) == nil) }
}

@Suite struct BuildKitPlacesTests {
    private func places(_ change: (inout ExecutionRequest) -> Void = { _ in }) -> BuildKitPlaces {
        var plan = Plan(environment: .image("a:1"), architecture: .native, phases: [])
        plan.variables = ["A": "1"]
        var request = ExecutionRequest(plan: plan, workspace: Workspace(path: "/w"))
        request.run = RunName(farm: "f", attempt: AttemptID(1), runner: RunnerID(1))
        change(&request)
        return BuildKitPlaces(
            request: request, names: BuildKitNames(request.run), platform: nil, session: "s", image: "r.example/a:1", uploads: [:])
    }

    private func command(_ places: BuildKitPlaces, _ number: Int = 1) throws -> PhaseCommand {
        try PhaseCommand(Phase(name: "p", command: .arguments(["x"])), number: number, in: places)
    }

    @Test func aCommandIsTheSameOnlyInTheSameAttemptAndPlace() throws {
        let places = places()
        let digest = try command(places).wrapped.digest
        #expect(try command(places).wrapped.digest == digest)
        #expect(try command(places, 2).wrapped.digest != digest)
        let other = self.places { $0.run?.attempt = AttemptID(2) }
        #expect(try command(other).wrapped.digest != digest)
    }

    @Test func valuesOfSecretsStandNowhereInACommand() throws {
        let value = "a value that nobody may see"
        let places = places {
            var use = SecretUse(name: "key")
            use.variable = "KEY"
            $0.secrets = [.init(use: use, value: Array(value.utf8))]
        }
        let command = try command(places)
        #expect(command.secrets == ["file-key": Array(value.utf8), "variable-KEY": Array(value.utf8)])
        for operation in [command.wrapped, command.bare(outputs: places.emptyFolder)] {
            #expect(operation.bytes.firstRange(of: Array(value.utf8)) == nil)
        }
    }

    @Test(arguments: ["../x", "/x", "a/../../b", ""])
    func namesOfSecretsAreNoPathsElsewhere(_ name: String) {
        let places = places { $0.secrets = [.init(use: SecretUse(name: name), value: [])] }
        #expect(throws: ExecutionFailure.self) { try command(places) }
    }

    @Test func onlyTheSameContentIsUploadedUnderOneName() {
        func name(_ attempt: Int64, _ text: String?, needs: String? = nil) -> String {
            var plan = Plan(architecture: .native, phases: [])
            plan.sources = [Source(origin: .local(LocalSource(path: "s", tree: text.map { Digest.of($0.utf8) })))]
            var request = ExecutionRequest(plan: plan, workspace: Workspace(path: "/w"))
            request.run = RunName(farm: "f", attempt: AttemptID(attempt), runner: RunnerID(1))
            if let needs { request.dependencies = [.init(name: "n", path: "/n", tree: Digest.of(needs.utf8))] }
            return BuildKitNames.uploads(of: request)
        }
        #expect(name(1, "a") == name(2, "a"))
        #expect(name(1, "a") != name(1, "b"))
        #expect(name(1, nil) != name(2, nil))
        #expect(name(1, "a", needs: "x") == name(2, "a", needs: "x"))
        #expect(name(1, "a", needs: "x") != name(1, "a", needs: "y"))
    }

    @Test func foldersOfAnAttemptAreHadByOneCommandAtATime() {
        let places = places()
        let own = places.mounts.compactMap { mount -> (String, ExecutionMount.CacheSharing)? in
            guard case .cache(let name, _, _, let sharing) = mount.content, name.hasPrefix(places.names.attempt) else { return nil }
            return (mount.path, sharing)
        }
        #expect(own.map(\.0).contains(PhasePlaces.sandbox.out) && own.map(\.0).contains(PhaseScript.mark))
        #expect(own.allSatisfy { $0.1 == .locked })
    }

    @Test func cachesBelongToTheFarmAndFoldersToTheAttempt() {
        let one = BuildKitNames(RunName(farm: "f", attempt: AttemptID(1), runner: RunnerID(1)))
        let other = BuildKitNames(RunName(farm: "f", attempt: AttemptID(2), runner: RunnerID(1)))
        #expect(one.cache("c") == other.cache("c"))
        #expect(one.cache("c").hasPrefix("bf-f-"))
        #expect(one.lock != other.lock)
        #expect(BuildKitNames(nil).lock != BuildKitNames(nil).lock)
    }
}

@Suite struct LogPipeTests {
    @Test func whatComesWhileNobodyReadsComesLater() async throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let pipe = try LogPipe(writeEnd)
        writeEnd.close()
        let text = [UInt8](repeating: 65, count: 300_000)
        pipe.hold()
        await pipe.write(text[...])
        pipe.release()
        pipe.close()
        #expect(try readEnd.readAll(limit: 1 << 20) == text)
    }

    @Test func aWriterThatWaitsGoesOnOnceItIsHeld() async throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let pipe = try LogPipe(writeEnd)
        writeEnd.close()
        let text = [UInt8](repeating: 66, count: 300_000)
        async let writing: Void = pipe.write(text[...])
        pipe.hold()
        await writing
        pipe.release()
        pipe.close()
        #expect(try readEnd.readAll(limit: 1 << 20) == text)
    }

    @Test func withoutAReaderItGoesNowhere() async throws {
        let (readEnd, writeEnd) = try Descriptor.pipe()
        let pipe = try LogPipe(writeEnd)
        writeEnd.close()
        readEnd.close()
        await pipe.write([1, 2, 3])
        pipe.close()
    }
}
