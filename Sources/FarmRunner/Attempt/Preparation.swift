import Archives
import Execution
import FarmModel
import FarmStore
import Fetching
import HostSystem
import Recipes

/// The phase `prepare` of an attempt: answers a recipe's requests, and lays out what was fetched. Its messages go to the attempt's log.
struct Preparation {
    let context: AttemptContext
    let stop: StopRequest
    let log: LogWriter
    /// The end of its time, in boot-clock milliseconds.
    let deadline: Int64
    /// The commits that are known from an earlier attempt, in the order of the requests.
    var knownCommits: [String] = []
    /// What was found out, for the attempt's record.
    private(set) var facts = JSONObject()

    static let phase = "prepare"

    init(context: AttemptContext, stop: StopRequest, log: LogWriter, deadline: Int64?) {
        self.context = context
        self.stop = stop
        self.log = log
        self.deadline = deadline ?? .max
    }

    /// Answers all requests of a recipe; a recipe without any costs nothing.
    mutating func answer(_ spec: JobSpec, _ recipe: any Recipe) throws(AttemptFailure) -> Resolution {
        let requests = try AttemptFailure.wrap { () throws(FarmError) in try recipe.prepare(spec) }
        var resolution = Resolution()
        guard !requests.isEmpty else { return resolution }
        try log.inPhase(Self.phase) { () throws(AttemptFailure) in
            for request in requests { try answer(request, &resolution) }
        }
        return resolution
    }

    private mutating func answer(_ request: PrepareRequest, _ resolution: inout Resolution) throws(AttemptFailure) {
        switch request {
        case .gitCommit(let source):
            let commit = try knownCommits.isEmpty ? resolve(source) : knownCommits.removeFirst()
            say("git \(source.reference ?? source.commit ?? "HEAD") is commit \(commit)")
            resolution.commits[source] = commit
            note("commits", .string(commit))
        case .url(let source):
            let checksum = try fetch { context throws(FetchFailure) in
                if source.checksum == .none { return try urlFetcher.look(at: source, context) }
                _ = try urlFetcher.fetch(source, context)
                return source.checksum
            }
            resolution.checksums[source] = checksum
            if let text = checksum.text { note("files", .string(text)) }
        }
    }

    private func resolve(_ source: GitSource) throws(AttemptFailure) -> String {
        try fetch { context throws(FetchFailure) in try gitFetcher.resolve(source, context) }
    }

    private mutating func note(_ key: String, _ value: JSONValue) { facts[key] = .array((facts[key]?.array ?? []) + [value]) }

    /// Writes a Git source's files into a folder.
    func checkOut(_ source: GitSource, into folder: String) throws(AttemptFailure) {
        _ = try fetch { context throws(FetchFailure) in try gitFetcher.checkOut(source, into: folder, context) }
    }

    /// Puts a URL source's file into a folder, or unpacks it there.
    func place(_ source: URLSource, in folder: Descriptor) throws(AttemptFailure) {
        let file = try fetch { context throws(FetchFailure) in try urlFetcher.fetch(source, context) }
        guard source.unpack else {
            let name = try fetch { _ throws(FetchFailure) in try urlFetcher.fileName(of: source) }
            try AttemptFailure.system { () throws(SystemError) in
                let target = try Files.open(name, [.write, .create, .exclusive, .noFollow], mode: 0o644, in: folder)
                try Files.copy(from: file, to: target)
            }
            return
        }
        do throws(UnpackFailure) {
            let unpacker = Unpacker(deadline: deadline, stop: stop.descriptor)
            _ = try unpacker.unpack(file, into: folder, stripComponents: source.stripComponents)
        } catch {
            throw AttemptFailure(error.failureClass ?? .infrastructure, "\(source.url): \(error.message)")
        }
    }

    private var gitFetcher: GitFetcher {
        var settings = GitSettings()
        // A document that came over HTTP has no base and was refused local addresses when it was read.
        settings.schemes.insert(.file)
        settings.sshKey = HostSystem.Environment.value("BF_SSH_KEY")
        settings.sshAgent = HostSystem.Environment.value("SSH_AUTH_SOCK")
        settings.sshKnownHosts = HostSystem.Environment.value("BF_SSH_KNOWN_HOSTS")
        return GitFetcher(cache: context.store.directory.cache + "/sources", settings: settings)
    }

    private var urlFetcher: URLFetcher { URLFetcher(cache: context.store.directory.cache + "/sources") }

    private func fetch<T>(_ body: (FetchContext) throws(FetchFailure) -> T) throws(AttemptFailure) -> T {
        let fetching = FetchContext(deadline: deadline, stop: stop.descriptor) { say($0) }
        do throws(FetchFailure) { return try body(fetching) } catch {
            throw AttemptFailure(error.failureClass ?? .infrastructure, error.message)
        }
    }

    func say(_ line: String) { log.say(line) }
}
