internal import FarmModel
internal import SwiftProtobuf
import Testing

@testable import BuildKitClient

@Suite struct OperationTests {
    private let platform = Platform(architecture: "amd64")

    @Test func bytesOfASourceAreThoseOfTheWireFormat() {
        let image = Operation.image("r.example/a:1", platform: platform)
        // SourceOp (field 3): identifier, attribute; platform (10); constraints (11).
        let identifier = Array("docker-image://r.example/a:1".utf8)
        let key = Array("image.resolvemode".utf8)
        let value = Array("default".utf8)
        let attribute: [UInt8] = [0x0a, UInt8(key.count)] + key + [0x12, UInt8(value.count)] + value
        let source: [UInt8] = [0x0a, UInt8(identifier.count)] + identifier + [0x12, UInt8(attribute.count)] + attribute
        let machine: [UInt8] = [0x0a, 5] + Array("amd64".utf8) + [0x12, 5] + Array("linux".utf8)
        #expect(image.bytes == [0x1a, UInt8(source.count)] + source + [0x52, UInt8(machine.count)] + machine + [0x5a, 0])
        #expect(image.digest.hasPrefix("sha256:"))
    }

    @Test func equalStepsHaveEqualBytes() {
        func step() -> Operation {
            let root = Operation.local("root", session: "s", key: "k").output()
            var execution = Execution(["/bin/true"])
            execution.variables = ["A=1", "B=2"]
            execution.mounts = [
                ExecutionMount("/out", .files(nil, isReadOnly: false, isMade: true)),
                ExecutionMount("/cache", .cache(identifier: "c", beginning: nil, sharing: .locked)),
                ExecutionMount("/secret", .secret(identifier: "t", mode: 0o400)), ExecutionMount("/memory", .memory(bytes: 1)),
            ]
            return execution.operation(in: root, platform: platform)
        }
        #expect((0..<20).allSatisfy { _ in step().bytes == step().bytes })
    }

    @Test func mountsShareTheInputsThatTheyHaveInCommon() throws {
        let root = Operation.local("root", session: "s", key: "k").output()
        var execution = Execution(["x"])
        execution.mounts = [
            ExecutionMount("/a", .part(of: root, path: "/f")), ExecutionMount("/b", .files(nil, isReadOnly: false, isMade: true)),
        ]
        let operation = execution.operation(in: root, platform: nil)
        #expect(operation.inputs.count == 1)
        let message = try Pb_Op(serializedBytes: operation.bytes)
        #expect(message.exec.mounts.map(\.input) == [0, 0, -1])
        #expect(message.exec.mounts.map(\.output) == [0, -1, 1])
        execution.hasReadOnlyRoot = true
        let readOnly = try Pb_Op(serializedBytes: execution.operation(in: root, platform: nil).bytes)
        #expect(readOnly.exec.mounts.map(\.output) == [-1, -1, 0])
        #expect(readOnly.exec.mounts.map(\.readonly) == [true, true, false])
    }

    @Test func changesOfFilesStandOnEachOther() throws {
        let base = Operation.image("a:1", platform: nil).output()
        let other = Operation.image("b:1", platform: nil).output()
        let changes: [FileChange] = [
            .folder(path: "/d", mode: 0o755, owner: 1_000), .copy(from: other, path: "/x", destination: "/d"),
            .file(path: "/d/f", content: [1], mode: 0o644), .removal(path: "/y"), .link(path: "/l", target: "d"),
        ]
        let message = try Pb_Op(serializedBytes: Operation.files(changes, on: base, time: 0).bytes)
        #expect(message.file.actions.map(\.input) == [0, 2, 3, 4, 5])
        #expect(message.file.actions.map(\.secondaryInput) == [-1, 1, -1, -1, -1])
        #expect(message.file.actions.map(\.output) == [-1, -1, -1, -1, 0])
        #expect(message.file.actions[0].mkdir.owner.user.byID == 1_000)
    }

    @Test func mergesAndDifferencesNumberTheirInputs() throws {
        let parts = ["a:1", "b:1", "c:1"].map { Operation.image($0, platform: nil).output() }
        let merge = try Pb_Op(serializedBytes: Operation.merge(parts).bytes)
        #expect(merge.inputs.count == 3)
        #expect(merge.merge.inputs.map(\.input) == [0, 1, 2])
        let difference = try Pb_Op(serializedBytes: Operation.difference(from: parts[0], to: parts[1]).bytes)
        #expect(difference.diff.lower.input == 0)
        #expect(difference.diff.upper.input == 1)
    }

    @Test func definitionHasEachStepOnceAndWhatItStandsOnBefore() throws {
        let base = Operation.image("a:1", platform: nil)
        let left = Operation.files([.file(path: "/l", content: [], mode: 0o644)], on: base.output())
        let right = Operation.files([.file(path: "/r", content: [], mode: 0o644)], on: base.output())
        let definition = Definition(of: Operation.merge([left.output(), right.output()]).output())
        #expect(definition.count == 5)
        let digests = definition.message.def.map { Operation.digest(of: $0.array) }
        #expect(digests.first == base.digest)
        #expect(Set(digests).count == 5)
        for (index, bytes) in definition.message.def.enumerated() {
            let inputs = try Pb_Op(serializedBytes: bytes.array).inputs.map(\.digest)
            #expect(inputs.allSatisfy(digests[..<index].contains))
        }
        #expect(try Pb_Op(serializedBytes: definition.message.def[4].array).op == nil)
    }

    @Test func aDefinitionOf5000StepsIsNoMatterOfDepth() {
        var output = Operation.files([.file(path: "/f", content: [], mode: 0o644)]).output()
        for number in 1..<5_000 {
            output = Operation.files([.file(path: "/f\(number)", content: [], mode: 0o644)], on: output).output()
        }
        #expect(Definition(of: output).count == 5_001)
    }

    @Test func sourcesOfGitAndOfTheWebSayWhatTheyAre() throws {
        let git = try Pb_Op(serializedBytes: Operation.git("https://h.example/r.git", reference: "main", subfolder: "s").bytes)
        #expect(git.source.identifier == "git://h.example/r.git#main:s")
        #expect(git.source.attrs["git.fullurl"] == "https://h.example/r.git")
        let http = try Pb_Op(serializedBytes: Operation.http("https://h.example/f", name: "f", digest: "sha256:00").bytes)
        #expect(http.source.identifier == "https://h.example/f")
        #expect(http.source.attrs == ["http.filename": "f", "http.checksum": "sha256:00"])
    }

    @Test(arguments: [
        ("debian", "docker.io/library/debian:latest"), ("a/b:1", "docker.io/a/b:1"), ("127.0.0.1:5000/a", "127.0.0.1:5000/a:latest"),
        ("localhost/a:2", "localhost/a:2"), ("h.example/a@sha256:00", "h.example/a@sha256:00"),
    ])
    func namesOfImagesAreCompleted(_ name: String, _ complete: String) { #expect(ImageReference.complete(name) == complete) }

    @Test(arguments: ["", "a//b", "/a", "a b", "a\nb"])
    func whatIsNoNameOfAnImageIsRefused(_ name: String) { #expect(ImageReference.complete(name) == nil) }
}

extension Operation {
    fileprivate static func digest(of bytes: [UInt8]) -> String { Digest.of(bytes).description }
}
