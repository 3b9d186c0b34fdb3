import FarmModel
import Testing

@Suite struct InputDigestTests {
    private let parts = InputParts(
        identity: JobIdentity(name: "lib", architecture: .native), plan: Digest.of([1]), recipe: "script", revision: 1,
        environment: "host:1", closures: [NamedDigest(name: "a", digest: Digest.of([2])), NamedDigest(name: "b", digest: Digest.of([3]))],
        sources: ["sha256:1", "commit"])

    private func changed(_ change: (inout InputParts) -> Void) -> Digest {
        var copy = parts
        change(&copy)
        return copy.digest
    }

    @Test func everyPartCounts() {
        let digests = [
            parts.digest, changed { $0.identity.name = "lib2" }, changed { $0.identity.architecture = .noarch },
            changed { $0.identity.cell = ["x": "1"] }, changed { $0.plan = Digest.of([9]) }, changed { $0.recipe = "other" },
            changed { $0.revision = 2 }, changed { $0.environment = "host:2" }, changed { $0.closures[0].digest = Digest.of([9]) },
            changed { $0.closures[0].name = "c" }, changed { $0.closures.removeLast() }, changed { $0.sources[0] = "sha256:2" },
            changed { $0.sources.swapAt(0, 1) },
        ]
        #expect(Set(digests).count == digests.count)
    }

    @Test func theOrderOfNeedsDoesNot() {
        let other = InputParts(
            identity: parts.identity, plan: parts.plan, recipe: parts.recipe, revision: parts.revision, environment: parts.environment,
            closures: parts.closures.reversed(), sources: parts.sources)
        #expect(other.digest == parts.digest)
    }

    /// No two lists of parts may have one text: a name that holds what separates names is still one name.
    @Test func partsDoNotRunIntoEachOther() {
        let joined = changed { $0.sources = ["sha256:1\",\"commit"] }
        #expect(joined != parts.digest)
        #expect(changed { $0.sources = ["a", "bc"] } != changed { $0.sources = ["ab", "c"] })
    }

    @Test func aClosureIsTheResultAndThatOfAllNeeds() {
        let tree = Digest.of([5])
        let need = NamedDigest(name: "a", digest: Digest.of([6]))
        #expect(Closure.digest(result: tree, needs: []) == tree)
        #expect(Closure.digest(result: tree, needs: [need]) != tree)
        #expect(
            Closure.digest(result: tree, needs: [need])
                != Closure.digest(result: tree, needs: [NamedDigest(name: "b", digest: need.digest)]))
    }
}
