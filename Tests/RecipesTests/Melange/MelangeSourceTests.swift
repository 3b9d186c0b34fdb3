import FarmModel
import Testing

@testable import Recipes

/// What `fetch` and `git-checkout` come to.
@Suite struct MelangeSourceTests {
    @Test func fetchBecomesASourceAndAStep() throws {
        let digest = String(repeating: "ab", count: 32)
        let built = try build(
            configuration(
                """
                pipeline:
                  - uses: fetch
                    with: {uri: 'https://example.org/a b/tree-${{package.version}}.tar.xz?x=1', expected-sha256: \(digest)}
                  - uses: fetch
                    working-directory: deep
                    with: {uri: https://example.org/x/data, expected-sha512: \(digest)\(digest), extract: false, delete: true}
                  - uses: fetch
                    with: {uri: http://example.org/x.tgz, expected-none: "yes", strip-components: 0, directory: "it's here", delete: true}
                """.replacing("a b", with: "a%20b")))
        #expect(
            built.work.fetches == [
                try fetch("https://example.org/a%20b/tree-1.2.3.tar.xz?x=1", .sha256(try #require(Digest(digest))), 0),
                try fetch("https://example.org/x/data", .sha512(Array(repeating: 0xAB, count: 64)), 1),
                try fetch("http://example.org/x.tgz", .none, 2),
            ])
        let script = built.work.phases[0].script
        #expect(script.contains("cp /build/fetch/0/* './tree-1.2.3.tar.xz?x=1'".shellEscaped))
        #expect(script.contains("tar -x -J --strip-components=1 --no-same-owner -C '.' -f './tree-1.2.3.tar.xz?x=1'".shellEscaped))
        #expect(script.contains("cp /build/fetch/1/* './data'\nrm './data'".shellEscaped))
        #expect(script.contains("--strip-components=0 --no-same-owner -C 'it'\\''s here' -f './x.tgz'\nrm './x.tgz'".shellEscaped))
        #expect(built.work.environment.packages.isEmpty)
        #expect(built.needs == [])
    }

    private func fetch(_ uri: String, _ checksum: MelangeFetch.Checksum, _ number: Int) throws -> MelangeFetch {
        let digest = String(repeating: "00", count: 32)
        let usual = ["uri": uri, "expected-sha256": digest, "strip-components": "1", "extract": "true", "delete": "false"]
        var fetch = try MelangeFetch(NativeInputs(usual), number: number)
        fetch.checksum = checksum
        return fetch
    }

    @Test func gitCheckoutBecomesASourceAndAStep() throws {
        let commit = String(repeating: "0a", count: 20)
        let built = try build(
            configuration(
                """
                pipeline:
                  - uses: git-checkout
                    with: {repository: 'https://example.org/tree', tag: 'v${{package.version}}', expected-commit: \(commit)}
                  - uses: git-checkout
                    with:
                      repository: https://example.org/other
                      branch: main
                      expected-commit: \(commit)
                      destination: other dir
                      recurse-submodules: true
                      sparse-paths: |
                        a
                        b/c
                      cherry-picks: |
                        # a note
                        main/v2/0123456789abcdef: why

                        abcdef1: because # of this
                  - uses: git-checkout
                    with: {repository: 'https://example.org/x', depth: -1}
                """))
        let checkouts = built.work.checkouts
        #expect(checkouts.map(\.repository) == ["https://example.org/tree", "https://example.org/other", "https://example.org/x"])
        #expect(checkouts.map(\.tag) == ["v1.2.3", nil, nil] && checkouts.map(\.branch) == [nil, "main", nil])
        #expect(checkouts.map(\.commit) == [commit, commit, nil] && checkouts.map(\.depth) == [1, nil, nil])
        #expect(checkouts.map(\.submodules) == [false, true, false] && checkouts.map(\.destination) == ["git/0", "git/1", "git/2"])
        #expect(checkouts[1].sparsePaths == ["a", "b/c"])
        #expect(
            checkouts[1].cherryPicks.map(\.branch) == ["main/v2", nil]
                && checkouts[1].cherryPicks.map(\.commit) == ["0123456789abcdef", "abcdef1"])
        #expect(built.work.phases[0].script.contains("tar -C /build/git/1 -c . | tar -C 'other dir' -x --no-same-owner".shellEscaped))
        #expect(built.work.environment.packages.isEmpty)
    }
}

extension String {
    /// The text as it stands within single quotes of the shell.
    fileprivate var shellEscaped: String { replacing("'", with: #"'\''"#) }
}
