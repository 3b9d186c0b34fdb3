import Documents
import FarmModel
import Testing

@testable import Recipes

@Suite struct MelangeBuildTests {
    @Test func packagesAreDescribed() throws {
        let built = try build(
            """
            package:
              name: tree
              version: 1.2.3
              epoch: 4
              description: A tree of ${{package.name}}
              url: https://example.org/${{package.name}}
              commit: abc
              timeout: 90
              resources: {cpu: "2", memory: 4Gi}
              test-resources: {cpu: 500m, memory: 512M}
              copyright: [{license: 'MIT AND ${{vars.license}}', attestation: me, paths: ['*']}, {license: ISC}]
              dependencies:
                runtime: ['so:libx.so.1', 'y >= ${{package.version}}', '!z']
                provides: ['wood=${{package.full-version}}']
                replaces: [bush]
                provider-priority: 10
                replaces-priority: "${{vars.five}}"
              options: {no-provides: true, no-commands: true}
              checks: {disabled: [empty, dev]}
              scriptlets:
                post-install: "#!/bin/sh\\necho ${{package.name}}"
                trigger: {script: "#!/bin/sh\\n", paths: [/usr/lib, /lib/*]}
            vars: {license: 0BSD, five: 5}
            subpackages:
              - name: tree-doc
                description: of ${{package.name}}, ${{subpkg.name}}
                dependencies: {runtime: [man]}
              - name: never
                if: a == b
            """)
        #expect(built.name == "tree" && built.version == "1.2.3" && built.epoch == 4 && built.fullVersion == "1.2.3-r4")
        #expect(built.timeoutMilliseconds == 90_000 && built.resources.cores == 2 && built.resources.memoryBytes == 4 << 30)
        #expect(built.testResources.cores == 0.5 && built.testResources.memoryBytes == 512_000_000)
        #expect(built.packages.map(\.name) == ["tree", "tree-doc"] && built.packages.map(\.origin) == ["tree", "tree"])
        let main = built.packages[0]
        #expect(main.summary == "A tree of tree" && main.url == "https://example.org/tree" && main.commit == "abc")
        #expect(main.copyrights.map(\.license) == ["MIT AND 0BSD", "ISC"] && main.copyrights[0].attestation == "me")
        #expect(
            main.dependencies == ["so:libx.so.1", "y >= 1.2.3", "!z"] && main.provides == ["wood=1.2.3-r4"] && main.replaces == ["bush"])
        #expect(main.providerPriority == 10 && main.replacesPriority == 5)
        #expect(main.options.hasNoProvides && main.options.hasNoCommands && !main.options.hasNoDependencies)
        #expect(main.disabledLinters == ["empty", "dev"])
        #expect(
            main.scriptlets == [.postInstall: "#!/bin/sh\necho tree", .trigger: "#!/bin/sh\n"]
                && main.triggerPaths == ["/usr/lib", "/lib/*"])
        let sub = built.packages[1]
        #expect(sub.folder == "tree-doc" && sub.version == "1.2.3-r4" && sub.summary == "of tree, tree-doc" && sub.dependencies == ["man"])
        #expect(sub.copyrights == main.copyrights && sub.commit == "abc" && sub.url == "" && sub.architecture == "x86_64")
    }

    @Test func nothingInAFieldReachesTheNextLine() throws {
        let text = "package: {name: tree, version: 1, epoch: 0, description: \"a\\ndepend = evil\", url: \"b\\r\\nc\"}\n"
        let body = try #require(try build(text).packages.first)
        #expect(body.summary == "a depend = evil" && body.url == "b  c")
    }

    @Test func rangesAreExpandedInTheOrderOfTheirKeys() throws {
        let built = try build(
            configuration(
                """
                data: [{name: langs, items: {fr: French, de: German, eo: }}]
                subpackages:
                  - range: langs
                    name: tree-lang-${{range.key}}
                    description: "[${{range.value}}]"
                    if: ${{range.key}} != 'eo'
                    pipeline: [{runs: 'mv ${{range.key}} ${{targets.subpkgdir}} ${{targets.destdir}} ${{targets.package.tree-lang-fr}}'}]
                    test: {pipeline: [{runs: 'test ${{range.value}} ${{context.name}}'}]}
                """))
        #expect(built.packages.map(\.name) == ["tree", "tree-lang-de", "tree-lang-fr"])
        #expect(built.packages.map(\.summary) == ["", "[German]", "[French]"])
        #expect(built.work.phases.map(\.name) == ["build", "package tree-lang-de", "package tree-lang-fr"])
        let out = "/home/build/melange-out"
        #expect(built.work.phases[1].script.contains("mv de \(out)/tree-lang-de \(out)/tree \(out)/tree-lang-fr"))
        #expect(built.tests.map(\.name) == ["tree-lang-de", "tree-lang-fr"])
        #expect(built.tests[1].work.phases.map(\.name) == ["test tree-lang-fr"])
        #expect(built.tests[1].work.phases[0].script.contains("test French tree-lang-fr"))
        #expect(built.tests[1].work.environment.packages == ["tree-lang-fr"])
    }

    @Test func rootsHaveTheirRepositoriesUsersAndVariables() throws {
        var defaults = MelangeDefaults()
        defaults.repositories = [PackageEnvironment.Repository(address: "https://default.example")]
        defaults.keys = ["https://default.example/key.pub"]
        let built = try build(
            configuration(
                """
                environment:
                  contents:
                    build_repositories: ['@local /srv/packages']
                    repositories: [https://a.example, https://default.example]
                    keyring: [https://a.example/a.pub]
                  environment: {CFLAGS: '-O2 ${{package.name}}', HOME: /root, CGO_ENABLED: 0, DEBUG: true}
                  accounts:
                    run-as: worker
                    users: [{username: worker, uid: 2000, gid: 1500, shell: /bin/bash, homedir: /srv}]
                    groups: [{groupname: web, gid: 1500, members: [worker]}]
                test: {environment: {accounts: {run-as: 0}}, pipeline: [{runs: x}]}
                """), defaults: defaults)
        let root = built.work.environment
        #expect(root.repositories.map(\.address) == ["/srv/packages", "https://a.example", "https://default.example"])
        #expect(root.repositories.map(\.tag) == ["local", nil, nil])
        #expect(root.keys == ["https://a.example/a.pub", "https://default.example/key.pub"])
        let worker = PackageEnvironment.Account(name: "worker", number: 2000, group: 1500, shell: "/bin/bash", home: "/srv")
        #expect(root.users == [worker, PackageEnvironment.Account(name: "build", number: 1000, group: 1000)])
        #expect(root.groups.map(\.name) == ["web", "build"] && root.groups.map(\.members) == [["worker"], ["build"]])
        #expect(built.work.user == 2000 && built.tests[0].work.user == 0)
        let variables = built.work.variables
        #expect(
            variables["CFLAGS"] == "-O2 tree" && variables["HOME"] == "/root" && variables["CGO_ENABLED"] == "0"
                && variables["DEBUG"] == "true" && variables["USER"] == "worker")
        #expect(variables["GOPATH"] == "/home/build/.cache/go" && built.tests[0].work.variables["HOME"] == "/home/build")
    }

    @Test func thePhasesAreFew() throws {
        let built = try build(configuration("subpackages: [{name: a}, {name: b, pipeline: [{runs: x}]}]"))
        #expect(built.work.phases.map(\.name) == ["build", "package b"])
        #expect(built.work.phases.allSatisfy { $0.network == .internet })
        #expect(
            built.work.phases[0].script == """
                mkdir -p "$BF_OUT"/'tree' "$BF_OUT"/'a' "$BF_OUT"/'b'
                mkdir -p /home/build
                mkdir -p /var/cache/melange 2>/dev/null || true
                if [ -d /build/files ]; then cp -R /build/files/. /home/build/; fi
                [ -e /home/build/melange-out ] || ln -s "$BF_OUT" /home/build/melange-out

                """)
        #expect(
            built.work.phases[1].script == """
                printf '%s\\n' '--- step 1'
                (
                mkdir -p '/home/build'
                cd '/home/build'
                exec /bin/sh -ec 'if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi
                x
                exit 0
                '
                )

                """)
    }

    @Test func commandsAreShownOnRequest() throws {
        var defaults = MelangeDefaults()
        defaults.showsCommands = true
        let built = try build(configuration("pipeline: [{runs: x}]"), defaults: defaults)
        let beginning = "exec /bin/sh -exc 'if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi"
        #expect(built.work.phases[0].script.contains(beginning + "\nx\nexit 0\n'"))
    }

    @Test(arguments: [
        ("[all]", true), ("[x86_64]", true), ("[amd64, arm64]", true), ("[aarch64]", false), ("[]", true), ("[arm/v6]", false),
        ("['${{vars.arch}}']", true),
    ])
    func isOnlyMadeForItsArchitectures(_ list: String, _ isMade: Bool) throws {
        let text = "package: {name: tree, version: 1, epoch: 0, target-architecture: \(list)}\nvars: {arch: x86_64}"
        let result = Result { try build(text) }
        #expect((try? result.get()) != nil || !isMade)
        guard !isMade else { return }
        let error = try #require(throws: FarmError.self) { try result.get() }
        #expect(error.message.contains("this package is not made for x86_64, only for"))
    }

    @Test(arguments: [("[all]", true), ("[x86_64]", true), ("[aarch64]", false)])
    func headsSayWhetherTheyAreMade(_ list: String, _ isMade: Bool) throws {
        let text = "package: {name: tree, version: 1, epoch: 0, target-architecture: \(list)}"
        var compiler = MelangeCompiler(pipelines: StandIn.pipelines())
        var errors = DocumentErrors()
        let file = try MelangeConfigurationFile.read(text, name: "tree.yaml")
        #expect(compiler.head(of: file, for: try x86(), errors: &errors)?.isMade == isMade)
    }

    @Test(
        arguments: [
            ("4", 4.0), ("500m", 0.5), ("1.5", 1.5), ("16Gi", 17_179_869_184), ("1k", 1000), ("2Mi", 2_097_152), ("", nil), ("Gi", nil),
            ("4GiB", nil), ("-1", nil),
            ("1e3", nil), (".5", nil), ("1..2", nil), ("٤", nil),
        ] as [(String, Double?)])
    func quantitiesAreRead(_ text: String, _ expected: Double?) {
        #expect(ResourceQuantity.value(of: text) == expected)
    }
}
