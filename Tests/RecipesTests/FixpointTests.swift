import FarmModel
import Recipes
import Testing

/// Random documents: whatever is accepted has a record that means the same.
@Suite struct FixpointTests {
    @Test(arguments: 0..<8) func randomDocumentsAreFixpoints(_ seed: UInt64) throws {
        var writer = DocumentWriter(random: SeededGenerator(state: seed))
        for _ in 0..<100 {
            let text = writer.document()
            let found = check(text)
            #expect(found.errors.isEmpty, "\(text)")
            #expect(!found.jobs.isEmpty)
            for job in found.jobs { try expectFixpoint(job) }
        }
    }
}

/// SplitMix64: the same numbers on every machine (https://prng.di.unimi.it/splitmix64.c).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Writes documents that are accepted: each field is there or not, in one of its forms.
private struct DocumentWriter {
    var random: SeededGenerator

    mutating func document() -> String {
        let body = pick("run: make", "phases: \(phases())", dockerfile())
        let refused = body.hasPrefix("dockerfile") ? ["environment", "secrets", "caches"] : []
        var fields = ["name: \(pick("a", "b-1", "dir/c+d", "x@y"))", body]
        let optional = [
            "version: \(pick("1", "1.10", "2024-01-01", "'x y'", "true"))", "needs: \(pick("lib", "[]", "[l, {name: m, arch: arm64}]"))",
            "labels: \(pick("[a, b=c]", "{gpu: true, x: }"))", "priority: \(pick("0", "-1000", "7"))", "environment: \(environment())",
            "sources: \(sources())", "outputs: \(pick("'**'", "[{glob: a, required: false}, {glob: b, required: true}]"))",
            "limits: \(limits())", "retry: \(pick("3", "{on: [build]}", "{attempts: 20}", "{on: []}"))",
            "secrets: \(pick("[a, {name: b, variable: B}]", "x"))",
            "caches: \(pick("[a]", "[{id: b, path: /x//y/, sharing: locked}]"))", "source_date_epoch: \(pick("0", "1", "315532800"))",
            "volatile: \(pick("true", "false"))", pick("matrix: {flavor: [a, 1.0], arch: [amd64]}", "arch: \(pick("armhf", "noarch"))"),
        ]
        let chosen = optional.filter { _ in Bool.random(using: &random) }
        fields += chosen.filter { field in !refused.contains(where: field.hasPrefix) }
        return fields.shuffled(using: &random).joined(separator: "\n") + "\n"
    }

    private mutating func pick(_ choices: String...) -> String { choices.randomElement(using: &random) ?? "" }

    private mutating func phases() -> String {
        let phase = pick("{run: 'a: b', timeout: 1.5h}", "{argv: [a, '', 1.0], when: always}", "{run: x, timeout: 0, network: none}")
        return pick("[make, \(phase)]", "[\(phase)]", "make", "[{run: y, variables: {A: ' ', B: ~x}, workdir: ./., optional: true}]")
    }

    private mutating func dockerfile() -> String {
        let export = pick("h:1/a", "[{image: h/a/b, tags: [c, d], push: false}]", "[h/a:1, {image: h/b, credentials: s, insecure: true}]")
        return pick(
            "dockerfile: a/./D", "dockerfile: {}", "dockerfile: {text: FROM x, output: none, arguments: {A: 1, B: ''}}\nexports: \(export)",
            "dockerfile: {target: t, context: ., architectures: [amd64, armv7], network: none}\nexports: \(export)")
    }

    private mutating func environment() -> String {
        pick("{root: host}", "{root: /x/y}", "{root: ./r.tar, variables: {A: 0x10}}", "{image: 'a/b:1@sha256:0'}", "{variables: {}}")
    }

    private mutating func sources() -> String {
        let git = pick("git: 'https://h/x'", "git: 'ssh://git@h:22/x', ref: main", "git: 'file:///x', submodules: true, to: a/./b")
        return pick("src", "[., {local: /abs, include: '*.c'}]", "[{\(git)}]", "[{\(git), subfolder: ./}]")
    }

    private mutating func limits() -> String {
        let time = pick("time: 90", "time: 1d2h3m4s5ms", "time: none", "time_ms: 0", "time: 10h")
        let memory = pick("memory: 1.5GiB", "memory: 10 MB", "memory_bytes: 1048576", "memory: 0")
        return "{\(time), \(memory), cpus: \(pick("2", "0.5", "1e1", "none")), log: \(pick("1k", "1GiB", "7"))}"
    }
}
