import FarmModel
import Fetching
import HostSystem
import Testing

@Suite struct GitFetcherTests {
    private let place: TestFolder
    private let log = LineLog()

    init() throws {
        place = try TestFolder()
        try place.folder("served/main")
        try shell(
            """
            git init -q -b main .
            mkdir -p sub/deep && echo one >sub/deep/file && echo top >top && ln -s /etc/passwd absolute && ln -s sub link
            echo '#!/bin/sh' >run && chmod +x run
            git add . && git commit -qm one && git tag v1 && git tag -a -m annotated v1a
            echo two >top && git commit -qam two
            git checkout -q -b other && echo other >top && git commit -qam other && git checkout -q main
            """, in: place("served/main"))
    }

    private var settings: GitSettings {
        var settings = GitSettings()
        settings.schemes = [.https, .ssh, .git, .http, .file]
        return settings
    }

    private var context: FetchContext { FetchContext(deadline: farDeadline) { [log] in log.lines.append($0) } }

    private func fetcher(_ settings: GitSettings? = nil) -> GitFetcher {
        GitFetcher(cache: place("cache"), settings: settings ?? self.settings)
    }

    private func commit(_ name: String, of repository: String = "main") throws -> String {
        try shell("git rev-parse \"$1^{commit}\"", [name], in: place("served/\(repository)"))
    }

    private func fileURL(_ name: String = "main") -> String { "file://\(place("served/\(name)"))" }

    @discardableResult
    private func checkOut(_ source: GitSource, _ folder: String = "out") throws -> GitCheckout {
        try place.folder(folder)
        return try fetcher().checkOut(source, into: place(folder), context)
    }

    @Test func headIsWrittenWithFixedModesAndWithoutRepository() throws {
        let result = try checkOut(GitSource(repository: fileURL()))
        #expect(result == GitCheckout(commit: try commit("main"), submodules: [:]))
        #expect(try place.listing("out") == ["absolute@", "link@", "run", "sub/", "sub/deep/", "sub/deep/file", "top"])
        #expect(try place.text(of: "out/top") == "two\n")
        #expect(try Files.status(place("out/run")).permissions == 0o755)
        #expect(try Files.status(place("out/top")).permissions == 0o644)
        #expect(try Files.status(place("out/sub")).permissions == 0o755)
        #expect(try Files.linkTarget(place("out/absolute")) == Array("/etc/passwd".utf8))
    }

    /// Builds ask git for the commit and its tag, and whether something was changed.
    @Test func aRepositoryOfTheCommitIsLeftOnRequest() throws {
        var source = GitSource(repository: fileURL(), reference: "v1")
        source.keepsRepository = true
        try checkOut(source)
        #expect(try shell("git rev-parse HEAD", in: place("out")) == commit("v1"))
        #expect(try shell("git describe --tags --exact-match && git status --porcelain", in: place("out")) == "v1")
        #expect(try shell("git rev-list --count HEAD", in: place("out")) == "1")
    }

    @Test func changesArePickedFromOtherBranches() throws {
        try shell(
            "git checkout -q other && echo more >sub/more && git add . && git commit -qm more && git checkout -q main",
            in: place("served/main"))
        var source = GitSource(repository: fileURL())
        source.picks = ["other/\(try commit("other"))"]
        try checkOut(source)
        #expect(try place.text(of: "out/sub/more") == "more\n")
        #expect(try place.text(of: "out/top") == "two\n")
        #expect(try shell("git status --porcelain", in: place("out")) == "A  sub/more")
    }

    @Test func aChangeThatDoesNotFitIsRefused() throws {
        try shell(
            "git checkout -q other && echo otherwise >top && git commit -qam otherwise && git checkout -q main",
            in: place("served/main"))
        var source = GitSource(repository: fileURL())
        source.picks = [try commit("other")]
        try place.folder("out")
        let error = try failure { () throws(FetchFailure) in _ = try fetcher().checkOut(source, into: place("out"), context) }
        #expect(error.failureClass == .badInput)
        #expect(error.message.contains("cannot be applied"), "\(error.message)")
        source.picks = ["abc1234"]
        #expect(throws: FetchFailure.self) { try fetcher().checkOut(source, into: place("out"), context) }
    }

    @Test(arguments: ["git", "http"])
    func everyTransportGivesTheSame(scheme: String) throws {
        let server = try scheme == "git" ? TestServer.gitDaemon(place("served")) : TestServer.gitHTTP(place("served"))
        let path = scheme == "git" ? "main" : "main/.git"
        let url = "\(scheme)://127.0.0.1:\(server.port)/\(path)"
        #expect(try checkOut(GitSource(repository: url)).commit == commit("main"))
        #expect(try checkOut(GitSource(repository: url, commit: try commit("v1")), "old").commit == commit("v1"))
        #expect(try place.text(of: "old/top") == "top\n")
    }

    @Test(arguments: ["main", "other", "v1", "v1a", "refs/heads/other", "refs/tags/v1a"])
    func referencesMeanTheirCommit(reference: String) throws {
        let source = GitSource(repository: fileURL(), reference: reference)
        let expected = try commit(reference)
        #expect(try fetcher().resolve(source, context) == expected)
        #expect(try checkOut(source).commit == expected)
    }

    @Test func branchesGoBeforeTags() throws {
        try shell("git tag other main", in: place("served/main"))
        #expect(try fetcher().resolve(GitSource(repository: fileURL(), reference: "other"), context) == commit("refs/heads/other"))
    }

    @Test func keptCommitsNeedNoServer() throws {
        let source = GitSource(repository: fileURL(), commit: try commit("v1"))
        try checkOut(source)
        try Files.removeTree(place("served"))
        #expect(try checkOut(source, "again").commit == source.commit)
        #expect(try place.listing("again") == place.listing("out"))
    }

    @Test func movedBranchesAreFetchedAgain() throws {
        try checkOut(GitSource(repository: fileURL(), reference: "main"))
        try shell("echo three >top && git commit -qam three", in: place("served/main"))
        try checkOut(GitSource(repository: fileURL(), reference: "main"), "new")
        #expect(try place.text(of: "new/top") == "three\n")
    }

    @Test func serversThatRefuseSingleCommitsAreFetchedWhole() throws {
        let server = try TestServer.gitHTTP(place("served"))
        let first = try commit("main~1")
        try shell("git tag -d v1 && git tag -d v1a", in: place("served/main"))
        let source = GitSource(repository: "http://127.0.0.1:\(server.port)/old/main/.git", commit: first)
        #expect(try checkOut(source).commit == first)
        #expect(log.text.contains("does not hand out commits by id"))
        #expect(try place.text(of: "out/top") == "top\n")
        let none = String(repeating: "1", count: 40)
        #expect(
            try failure { () throws(FetchFailure) in
                try fetcher().checkOut(GitSource(repository: source.repository, commit: none), into: place.path, context)
            } == .badInput("there is no commit \(none) on the branches and tags of \(source.repository)"))
    }

    @Test func subfoldersAreWrittenAlone() throws {
        try checkOut(GitSource(repository: fileURL(), subfolder: "sub"))
        #expect(try place.listing("out") == ["deep/", "deep/file"])
        try checkOut(GitSource(repository: fileURL(), subfolder: "sub/deep"), "deep")
        #expect(try place.listing("deep") == ["file"])
    }

    @Test(arguments: ["link", "link/deep", "absolute", "top", "missing", "su*", "su", ":(top)sub", "top/x"])
    func subfoldersThatAreNone(subfolder: String) throws {
        let failure = try failure { () throws(FetchFailure) in
            try fetcher().checkOut(GitSource(repository: fileURL(), subfolder: subfolder), into: place.path, context)
        }
        #expect(failure == .badInput("commit \(try commit("main")) of \(fileURL()) has no folder \(subfolder)"))
    }

    @Test func attributesAboveASubfolderCount() throws {
        try shell(
            "echo '*.x text eol=crlf' >.gitattributes && echo line >sub/a.x && git add . && git commit -qm x", in: place("served/main"))
        try checkOut(GitSource(repository: fileURL(), subfolder: "sub"))
        #expect(try place.text(of: "out/a.x") == "line\r\n")
    }

    @Test func takenNamesAreAnError() throws {
        try place.write("mine", to: "out/top".replacingFolder(in: place))
        let failure = try failure { () throws(FetchFailure) in
            try fetcher().checkOut(GitSource(repository: fileURL()), into: place("out"), context)
        }
        #expect(failure == .badInput("\"top\" of the repository is in the way of another source"))
        #expect(try place.text(of: "out/top") == "mine")
        #expect(try !place.listing("out").contains { $0.hasPrefix(".checkout") })
    }

    @Test func emptyRepositoriesAndCommits() throws {
        try place.folder("served/empty")
        try shell("git init -q -b main .", in: place("served/empty"))
        let source = GitSource(repository: fileURL("empty"))
        #expect(
            try failure { () throws(FetchFailure) in try fetcher().resolve(source, context) }
                == .badInput("\(fileURL("empty")) has no HEAD: it is empty"))
        try shell("git commit -q --allow-empty -m nothing", in: place("served/empty"))
        try checkOut(source)
        #expect(try place.listing("out").isEmpty)
    }

    @Test func repositoriesWithLongerIdentifiers() throws {
        try place.folder("served/sha256")
        try shell("git init -q --object-format=sha256 -b main . && echo x >x && git add . && git commit -qm x", in: place("served/sha256"))
        let result = try checkOut(GitSource(repository: fileURL("sha256")))
        #expect(result.commit.utf8.count == 64)
        #expect(try place.listing("out") == ["x"])
    }

    @Test func whatIsNotThereIsBadInput() throws {
        let server = try TestServer.gitHTTP(place("served"))
        let url = "http://127.0.0.1:\(server.port)"
        let none = String(repeating: "1", count: 40)
        let cases: [(GitSource, String)] = [
            (GitSource(repository: fileURL(), reference: "none"), "\(fileURL()) has no branch or tag none"),
            (GitSource(repository: fileURL(), commit: none), "there is no commit \(none) on the branches and tags of \(fileURL())"),
            (
                GitSource(repository: fileURL("none")),
                "git cannot fetch from \(fileURL("none")): fatal: '\(place("served/none"))' does not appear to be a git repository"
            ),
            (GitSource(repository: url + "/none"), "git cannot fetch from \(url)/none: fatal: repository '\(url)/none/' not found"),
            (
                GitSource(repository: url + "/private/main/.git"),
                "git cannot fetch from \(url)/private/main/.git: fatal: could not read Username for '\(url)': terminal prompts disabled"
            ),
        ]
        for (source, message) in cases {
            let failure = try failure { () throws(FetchFailure) in try fetcher().checkOut(source, into: place.path, context) }
            #expect(failure == .badInput(message))
        }
    }

    @Test func passwordsAreUsedAndNeverShown() throws {
        let server = try TestServer.gitHTTP(place("served"))
        let host = "127.0.0.1:\(server.port)/private/main/.git"
        try checkOut(GitSource(repository: "http://u:secret@\(host)"))
        #expect(try place.text(of: "out/top") == "two\n")
        let failure = try failure { () throws(FetchFailure) in
            try fetcher().checkOut(GitSource(repository: "http://u:wrongsecret@\(host)"), into: place.path, context)
        }
        #expect(failure.failureClass == .badInput)
        #expect(failure.message.contains("http://u:***@\(host)"))
        #expect(!failure.message.contains("wrongsecret"))
        #expect(!log.text.contains("secret"))
    }

    @Test func serversThatFailAreInfrastructure() throws {
        let server = try TestServer.gitHTTP(place("served"))
        let silentPort = server.port
        for url in [
            "http://127.0.0.1:\(silentPort)/broken/x", "git://127.0.0.1:1/x", "https://127.0.0.1:1/x", "git://no-such-host.invalid/x",
        ] {
            let failure = try failure { () throws(FetchFailure) in
                try fetcher().checkOut(GitSource(repository: url), into: place.path, context)
            }
            #expect(failure.failureClass == .infrastructure, "\(url): \(failure.message)")
        }
    }

    @Test func serversThatSayNothingAreGivenUp() throws {
        let server = try TestServer.silent(place.path)
        let source = GitSource(repository: "git://127.0.0.1:\(server.port)/x")
        var settings = settings
        settings.silenceMilliseconds = 300
        #expect(
            try failure { () throws(FetchFailure) in try fetcher(settings).resolve(source, context) }
                == .infrastructure("git gave no sign of life while fetching \(source.repository) and was ended"))
        let soon = FetchContext(deadline: Clock.boottimeMilliseconds + 300)
        #expect(
            try failure { () throws(FetchFailure) in try fetcher().resolve(source, soon) }
                == .infrastructure("git did not finish fetching \(source.repository) in time"))
        let stop = try EventDescriptor()
        try stop.raise()
        let stopped = FetchContext(deadline: farDeadline, stop: stop.descriptor)
        #expect(try failure { () throws(FetchFailure) in try fetcher().resolve(source, stopped) } == .stopped)
        #expect(try processesNaming(source.repository).isEmpty)
    }

    @Test func aMirrorWhoseUserDiedIsMadeAnew() throws {
        try checkOut(GitSource(repository: fileURL()))
        let mirror =
            try place("cache/git/") + #require(try Files.entries(of: place("cache/git")).compactMap(\.name).first { $0.utf8.count == 64 })
        try shell("touch busy sha1.git/shallow.lock && rm -r sha1.git/objects/pack", in: mirror)
        try checkOut(GitSource(repository: fileURL()), "again")
        #expect(try place.listing("again") == place.listing("out"))
    }

    @Test func aMirrorInUseIsWaitedFor() throws {
        let source = GitSource(repository: fileURL())
        try checkOut(source)
        let name = try #require(try Files.entries(of: place("cache/git")).compactMap(\.name).first { $0.hasSuffix(".lock") })
        let lock = try FileLock(path: place("cache/git/\(name)"))
        #expect(try lock.tryExclusive())
        let soon = FetchContext(deadline: Clock.boottimeMilliseconds + 300) { [log] in log.lines.append($0) }
        #expect(
            try failure { () throws(FetchFailure) in try fetcher().resolve(source, soon) }
                == .infrastructure("the time for fetching is over"))
        #expect(log.lines.last == "waiting for another fetch of \(source.repository)")
        try lock.unlock()
        #expect(try fetcher().resolve(source, context) == commit("main"))
    }

    private func processesNaming(_ text: String) throws -> [Int32] {
        try Files.entries(of: "/proc").compactMap { entry in
            guard let number = entry.name.flatMap({ Int32($0) }) else { return nil }
            let line = try? Files.readAll("/proc/\(number)/cmdline", limit: 1 << 20)
            return line.map { String(decoding: $0, as: UTF8.self).contains(text) } == true ? number : nil
        }
    }
}

extension String {
    /// The path, once its folder is there.
    fileprivate func replacingFolder(in place: TestFolder) throws -> String {
        try place.folder(String(prefix { $0 != "/" }))
        return self
    }
}
