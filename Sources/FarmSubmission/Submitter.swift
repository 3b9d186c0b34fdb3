public import FarmModel
public import FarmStore
internal import Fetching
internal import HostSystem
public import Recipes

/// Turns checked jobs into a stored build: the one way in, for tools and servers alike.
public struct Submitter: Sendable {
    private let store: Store
    private let recipes: RecipeRegistry

    /// Submits to a store.
    public init(store: Store, recipes: RecipeRegistry = .standard) {
        self.store = store
        self.recipes = recipes
    }

    /// Stores the jobs as one build, durably. Everything is checked, and local sources are in the store, before anything is written.
    public func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> Store.SubmitOutcome {
        let prepared = try prepare(jobs, options)
        return try withExtendedLifetime(prepared) { () throws(FarmError) in try store.submit(prepared.submission) }
    }

    /// The first half of ``submit(_:_:)``: checks everything, brings local sources into the store, and works out plans and ranks. Nothing is
    /// known of the build until its submission is stored, by ``Store/submit(_:)`` or a ``SubmissionQueue``.
    /// - Throws: `usage` when the options ask for too many webhooks; `badInput` or `noInput` with all that is wrong with the jobs, or with
    ///   the first tree or secret that is missing.
    public func prepare(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> PreparedSubmission {
        guard options.webhooks.count <= Webhook.limitOfBuild else {
            throw FarmError(.usage, "a build has at most \(Webhook.limitOfBuild) webhooks")
        }
        let graph = try JobGraph(jobs, missingNeeds: options.missingNeeds)
        // Keeps gc from a latest tree that a newer one replaces before it is referred to.
        let session = graph.latestNeeds.isEmpty ? nil : try store.blobs.beginSession()
        let latest = try resolve(graph.latestNeeds, of: graph, options)
        var sources = LocalSources(into: store.blobs, recipes: recipes, readsFiles: options.readsLocalFiles) { tree throws(FarmError) in
            try store.missingTrees([tree]).isEmpty
        }
        var bound: [(spec: JobSpec, trees: [Digest])] = []
        for job in graph.jobs { bound.append(try sources.bind(job)) }
        try requireSecrets(of: bound.map(\.spec), options)
        var submission = Submission(jobs: try entries(graph, bound, latest, options), dialect: options.dialect)
        submission.owner = options.owner
        submission.requester = options.requester
        submission.key = options.key
        submission.labels = options.labels
        submission.priority = options.priority
        submission.notBeforeMilliseconds = options.notBeforeMilliseconds
        submission.secrets = options.secrets
        submission.isForced = options.isForced
        submission.rememberMilliseconds = options.rememberMilliseconds
        submission.aliases = options.aliases
        submission.dialectData = options.dialectData
        submission.webhooks = options.webhooks
        submission.webhookSecret = options.webhookSecret
        submission.trees = sources.trees
        return PreparedSubmission(submission, keepers: [session?.keeper, sources.keeper].compactMap(\.self))
    }

    /// The names of the secrets that jobs use.
    public static func secretNames(of jobs: [JobSpec], recipes: RecipeRegistry = .standard) throws(FarmError) -> Set<String> {
        var names: Set<String> = []
        for job in jobs where mayUseSecrets(job) {
            names.formUnion(try recipes.recipe(of: job).plan(job, resolved: Resolution()).secretNames)
        }
        return names
    }

    /// Plans are not worked out only to see that most jobs use none.
    private static func mayUseSecrets(_ job: JobSpec) -> Bool {
        ["secrets", "secret_variables", "exports"].contains { job.document[$0] != nil }
    }

    private func entries(
        _ graph: JobGraph, _ bound: [(spec: JobSpec, trees: [Digest])], _ latest: [Int: [(name: String, digest: Digest)]],
        _ options: SubmitOptions
    ) throws(FarmError) -> [Submission.Job] {
        let durations = try store.usualDurations(of: graph.jobs.map(\.identity))
        let ranks = graph.ranks(weights: graph.jobs.map { durations[$0.identity] ?? 1 })
        var jobs: [Submission.Job] = []
        jobs.reserveCapacity(bound.count)
        for (position, (spec, trees)) in bound.enumerated() {
            let plan = try recipes.recipe(of: spec).plan(spec, resolved: Resolution())
            let sources = trees.enumerated().map { (role: TreeRole.source, name: String($0.offset), digest: $0.element) }
            let needs = (latest[position] ?? []).map { (role: TreeRole.need, name: $0.name, digest: $0.digest) }
            var job = Submission.Job(
                spec: spec, planDigest: plan.digest, needs: graph.needs[position], trees: sources + needs, rank: ranks[position])
            job.sources = plan.knownSources
            job.isPrivate = !plan.secretNames.isEmpty
            job.isVolatile = plan.isVolatile
            job.aliases = options.jobAliases[spec.identity] ?? []
            jobs.append(job)
        }
        return jobs
    }

    /// The newest good trees that `from: latest` needs mean, by the needing job's position.
    private func resolve(
        _ needs: [JobGraph.LatestNeed], of graph: JobGraph, _ options: SubmitOptions
    ) throws(FarmError) -> [Int: [(name: String, digest: Digest)]] {
        var found: [Int: [(name: String, digest: Digest)]] = [:]
        for latest in needs {
            if let tree = try store.latestTree(name: latest.need.name, architecture: latest.architecture)?.tree {
                found[latest.position, default: []].append((latest.need.name, tree))
            } else if !latest.need.isOptional, options.missingNeeds == .error {
                let job = graph.jobs[latest.position]
                throw FarmError(
                    .badInput,
                    "\(job.place)job \(job.identity) needs the latest \(latest.need.name) for \(latest.architecture), but no sandboxed build of it has "
                        + "succeeded yet; build it first")
            }
        }
        return found
    }

    private func requireSecrets(of jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) {
        for job in jobs where Self.mayUseSecrets(job) {
            let plan = try recipes.recipe(of: job).plan(job, resolved: Resolution())
            guard let missing = plan.secretNames.first(where: { options.secrets[$0] == nil }) else { continue }
            throw FarmError(
                .badInput,
                "\(job.place)job \(job.identity) uses the secret \(missing); give --secret-file \(missing)=PATH, or "
                    + "say below secrets in bf.yaml where it comes from")
        }
    }
}
