import FarmModel
import Fetching
import HostSystem
import Testing

/// Repositories that try to run something or to reach something.
@Suite struct GitAttackTests {
    private let place: TestFolder

    init() throws {
        place = try TestFolder()
        try place.folder("served/inner")
        try place.folder("served/outer")
        try place.folder("out")
        try shell("git init -q -b main . && echo inner >file && git add . && git commit -qm inner", in: place("served/inner"))
        try shell("git init -q -b main . && echo outer >file && git add . && git commit -qm outer", in: place("served/outer"))
    }

    private func fetcher(local: Bool = true) -> GitFetcher {
        var settings = GitSettings()
        settings.schemes = [.https, .ssh, .git]
        if local { settings.schemes.insert(.file) }
        return GitFetcher(cache: place("cache"), settings: settings)
    }

    private func url(_ name: String) -> String { "file://\(place("served/\(name)"))" }

    private func outer(submodules: Bool = true) -> GitSource { GitSource(repository: url("outer"), submodules: submodules) }

    private func checkOut(_ source: GitSource) throws(FetchFailure) -> GitCheckout {
        try fetcher().checkOut(source, into: place("out"), FetchContext(deadline: farDeadline))
    }

    /// Adds a submodule without any check by git.
    private func addSubmodule(_ address: String, path: String = "m", in repository: String = "outer", of inner: String = "inner") throws {
        let commit = try shell("git rev-parse HEAD", in: place("served/\(inner)"))
        try shell(
            """
            git config -f .gitmodules submodule.x.path "$1"
            git config -f .gitmodules submodule.x.url "$2"
            git add .gitmodules
            git update-index --add --cacheinfo "160000,$3,$1"
            git commit -qm module
            """, [path, address, commit], in: place("served/\(repository)"))
    }

    @Test func localRepositoriesAreRefusedUnlessAllowed() throws {
        let failure = try failure { () throws(FetchFailure) in
            try fetcher(local: false).resolve(outer(), FetchContext(deadline: farDeadline))
        }
        #expect(failure.failureClass == .badInput)
        #expect(failure.message.hasPrefix("the repository \"\(url("outer"))\" is none of https://"))
    }

    @Test func submodulesAreLeftOutUnlessAsked() throws {
        try addSubmodule(url("inner"))
        #expect(try checkOut(outer(submodules: false)).submodules.isEmpty)
        #expect(try place.listing("out") == [".gitmodules", "file", "m/"])
    }

    @Test(arguments: [true, false])
    func submodulesAreFetchedByRelativeAndAbsoluteAddress(isRelative: Bool) throws {
        try addSubmodule(isRelative ? "../inner" : url("inner"), path: "lib/inner module")
        let result = try checkOut(outer())
        #expect(result.submodules == ["lib/inner module": try shell("git rev-parse HEAD", in: place("served/inner"))])
        #expect(try place.listing("out") == [".gitmodules", "file", "lib/", "lib/inner module/", "lib/inner module/file"])
    }

    @Test func submodulesWithinSubmodules() throws {
        try place.folder("served/third")
        try shell("git init -q -b main . && echo third >file && git add . && git commit -qm third", in: place("served/third"))
        try addSubmodule("../third", path: "t", in: "inner", of: "third")
        try addSubmodule("../inner")
        #expect(try checkOut(outer()).submodules.keys.sorted() == ["m", "m/t"])
        #expect(try place.text(of: "out/m/t/file") == "third\n")
    }

    @Test func aRepositoryThatIsItsOwnSubmoduleEnds() throws {
        // The submodule's commit is the one before, which has none.
        try addSubmodule("./.", of: "outer")
        #expect(try checkOut(outer()).submodules.keys.sorted() == ["m"])
    }

    @Test(arguments: [
        "-uexec", "--upload-pack=touch /tmp/x", "ext::sh -c id", "ext::id", "FILE:///etc", "/etc", "http://h/x",
        "ssh://-oProxyCommand=id/x",
    ])
    func hostileSubmoduleAddresses(address: String) throws {
        try addSubmodule(address)
        let failure = try failure { () throws(FetchFailure) in try checkOut(outer()) }
        #expect(failure.failureClass == .badInput, "\(failure.message)")
        #expect(try place.listing("out").isEmpty)
    }

    @Test(arguments: ["m\r", "a/../../b", ".git/hooks", "-m"])
    func hostileSubmodulePaths(path: String) throws {
        // git itself refuses to add most of these, so the tree is written by hand.
        let commit = try shell("git rev-parse HEAD", in: place("served/inner"))
        try shell(
            """
            entry="160000 commit $2" rest=$1
            while case $rest in */*) true;; *) false;; esac; do
                entry="040000 tree $(printf '%s\\t%s\\0' "$entry" "${rest##*/}" | git mktree -z --missing)" rest=${rest%/*}
            done
            printf '[submodule "x"]\\n\\tpath = "%s"\\n\\turl = ../inner\\n' "$1" >.gitmodules
            blob=$(git hash-object -w .gitmodules)
            tree=$(printf '%s\\t%s\\0100644 blob %s\\t.gitmodules\\0' "$entry" "$rest" "$blob" | git mktree -z --missing)
            git update-ref refs/heads/main "$(git commit-tree -m x "$tree")"
            """, [path, commit], in: place("served/outer"))
        let failure = try failure { () throws(FetchFailure) in try checkOut(outer()) }
        #expect(failure.failureClass == .badInput, "\(failure.message)")
        #expect(try Files.statusIfPresent(place("b")) == nil)
    }

    /// The shape of CVE-2024-32002: a link and a submodule whose paths differ only in case, so that the submodule's hook lands in `.git`.
    @Test func aLinkInPlaceOfASubmodulesFolderIsNotFollowed() throws {
        try place.folder("outside")
        try shell("ln -s \"$1\" link && git add link && git commit -qm link", [place("outside")], in: place("served/outer"))
        let commit = try shell("git rev-parse HEAD", in: place("served/inner"))
        let link = try shell("git rev-parse HEAD:link", in: place("served/outer"))
        let input = Array("120000 blob \(link)\tlink\0".utf8)
        try shell(
            """
            inside=$(printf '160000 commit %s\\tm\\0' "$1" | git mktree -z --missing)
            printf '[submodule "x"]\\n\\tpath = link/m\\n\\turl = ../inner\\n' >.gitmodules
            blob=$(git hash-object -w .gitmodules)
            { printf '100644 blob %s\\t.gitmodules\\0' "$blob"; cat; printf '040000 tree %s\\tlink\\0' "$inside"; } | git mktree -z --missing >tree
            git update-ref refs/heads/main "$(git commit-tree -m x "$(cat tree)")"
            """, [commit], in: place("served/outer"), input: input)
        let failure = try failure { () throws(FetchFailure) in try checkOut(outer()) }
        #expect(failure.failureClass != nil)
        #expect(try place.listing("outside").isEmpty)
    }

    @Test func nothingOfTheUserOrTheMachineIsRead() throws {
        let marker = place("marker")
        try place.folder("template/hooks")
        try place.write("#!/bin/sh\ntouch '\(marker)'\n", to: "template/hooks/post-checkout", mode: 0o755)
        try place.folder("home")
        try place.write(
            """
            [init]
                templateDir = \(place("template"))
            [core]
                hooksPath = \(place("template/hooks"))
                fsmonitor = touch '\(marker)'
            [filter "lfs"]
                smudge = touch '\(marker)'; cat
                required = true
            [url "file:///nonexistent/"]
                insteadOf = file:///
            """, to: "home/.gitconfig")
        try shell("echo '* filter=lfs' >.gitattributes && git add . && git commit -qm filter", in: place("served/outer"))
        var settings = GitSettings()
        settings.schemes = [.file]
        settings.environment.append("HOME=\(place("home"))")
        _ = try GitFetcher(cache: place("cache"), settings: settings).checkOut(
            outer(), into: place("out"), FetchContext(deadline: farDeadline))
        #expect(try place.text(of: "out/file") == "outer\n")
        #expect(try Files.statusIfPresent(marker) == nil)
    }

    @Test func repositoriesWithinTreesAreRefused() throws {
        try shell(
            """
            hook=$(printf '#!/bin/sh\\ntouch /tmp/pwned\\n' | git hash-object -w --stdin)
            hooks=$(printf '100755 blob %s\\tpost-checkout\\0' "$hook" | git mktree -z)
            git=$(printf '040000 tree %s\\thooks\\0' "$hooks" | git mktree -z)
            tree=$(printf '040000 tree %s\\t.git\\0' "$git" | git mktree -z)
            git update-ref refs/heads/main "$(git commit-tree -m x "$tree")"
            """, in: place("served/outer"))
        let failure = try failure { () throws(FetchFailure) in try checkOut(outer()) }
        #expect(failure.failureClass == .badInput, "\(failure.message)")
        #expect(try place.listing("out").isEmpty)
    }

    /// A few objects that stand for 10^9 files.
    @Test func treesThatExplodeAreCutShort() throws {
        try shell(
            """
            object=$(echo x | git hash-object -w --stdin)
            mode='100644 blob'
            for level in 1 2 3 4 5 6 7 8 9; do
                object=$(for name in 0 1 2 3 4 5 6 7 8 9; do printf '%s %s\\t%s\\0' "$mode" "$object" $name; done | git mktree -z)
                mode='040000 tree'
            done
            git update-ref refs/heads/main "$(git commit-tree -m x "$object")"
            """, in: place("served/outer"))
        var settings = GitSettings()
        settings.schemes = [.file]
        settings.fileLimit = 50_000
        let fetcher = GitFetcher(cache: place("cache"), settings: settings)
        let failure = try failure { () throws(FetchFailure) in
            try fetcher.checkOut(outer(), into: place("out"), FetchContext(deadline: farDeadline))
        }
        #expect(failure.message.hasSuffix("has more than 50000 files"))
        #expect(failure.failureClass == .badInput)
    }

    @Test func filesTooLargeTogetherAreRefused() throws {
        try shell("head -c 100000 /dev/zero >zeros && git add . && git commit -qm zeros", in: place("served/outer"))
        var settings = GitSettings()
        settings.schemes = [.file]
        settings.byteLimit = 50_000
        let fetcher = GitFetcher(cache: place("cache"), settings: settings)
        let failure = try failure { () throws(FetchFailure) in
            try fetcher.checkOut(outer(), into: place("out"), FetchContext(deadline: farDeadline))
        }
        #expect(failure.message.hasSuffix("has files larger together than 50000 bytes"))
    }

    /// A program in place of ssh says how it was called.
    @Test(arguments: [true, false])
    func sshGetsOnlyWhatTheOperatorConfigured(isConfigured: Bool) throws {
        try place.folder("bin")
        try place.write(
            "#!/bin/sh\nprintf '%s\\n' \"$@\" \"AGENT=$SSH_AUTH_SOCK\" >'\(place("called"))'\nexit 255\n", to: "bin/ssh", mode: 0o755)
        var settings = GitSettings()
        settings.environment = ["PATH=\(place("bin")):/usr/bin:/bin"]
        if isConfigured {
            settings.sshKey = "/keys/it's $(touch \(place("marker")))"
            settings.sshKnownHosts = "/keys/known hosts"
            settings.sshAgent = "/run/agent"
        }
        let fetcher = GitFetcher(cache: place("cache"), settings: settings)
        let failure = try failure { () throws(FetchFailure) in
            try fetcher.resolve(GitSource(repository: "ssh://git@example.org:22/a/b"), FetchContext(deadline: farDeadline))
        }
        #expect(failure.failureClass == .infrastructure)
        let words = try place.text(of: "called").split(separator: "\n").map { String($0) }
        #expect(words.starts(with: ["-F", "/dev/null", "-o", "BatchMode=yes"]))
        let expected =
            isConfigured
            ? [
                "StrictHostKeyChecking=yes", "UserKnownHostsFile=\"/keys/known hosts\"", "IdentityFile=\"\(settings.sshKey ?? "")\"",
                "AGENT=/run/agent",
            ]
            : [
                "StrictHostKeyChecking=accept-new", "UserKnownHostsFile=\"\(place("cache/git/known_hosts"))\"", "IdentityFile=none",
                "IdentityAgent=none", "AGENT=",
            ]
        for word in expected { #expect(words.contains(word), "\(word)") }
        #expect(words.contains("git@example.org"))
        #expect(try Files.statusIfPresent(place("marker")) == nil)
    }
}
