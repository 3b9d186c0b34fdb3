internal import Documents
internal import FarmModel

/// The melange configurations of a submission: files as they are, without anything of bf in them. They become jobs when all of them are known,
/// as one may need what another makes.
struct ConfigurationFiles {
    private struct Found {
        var document: MelangeDocument
        var head: MelangeHead
        /// The place of its job among the jobs of the submission.
        var position: Int
    }

    private let defaults: DocumentDefaults
    private var compiler: MelangeCompiler
    private var found: [Found] = []
    /// What is not made for the architecture.
    private var passedOver: [MelangeHead] = []
    /// The names of the options of all of them.
    private var options: Set<String> = []

    init(defaults: DocumentDefaults) {
        self.defaults = defaults
        compiler = MelangeCompiler(pipelines: MelangePipelines())
        compiler.defaults.buildOptions = defaults.packages.buildOptions
    }

    /// Whether a document is a configuration, and not one of ours that has one in it.
    static func isConfiguration(_ document: DocumentNode) -> Bool {
        document["recipe"] == nil && document["kind"] == nil && document["package"]?.members != nil
    }

    /// Takes in a file with a configuration.
    /// - Returns: its job, whose needs are not known yet; nil after an error was collected, and if it is not made for the architecture.
    mutating func read(_ input: DocumentInput, at position: Int, _ reader: inout NodeReader) -> JobSpec? {
        let text = String(decoding: input.text, as: UTF8.self)
        var errors = DocumentErrors()
        compiler.pipelines.setOwn(defaults.packages.pipelines(in: input.base))
        let configuration = MelangeConfigurationFile.read(text, name: input.name, errors: &errors)
        let head = configuration.flatMap { compiler.head(of: $0, for: defaults.architecture, errors: &errors) }
        for error in errors.list { reader.fail(error) }
        guard let configuration, let head else { return nil }
        let ownOptions = configuration.options.map(\.name)
        options.formUnion(ownOptions)
        // As melange does, others are passed over: repositories have packages that are made for one architecture only.
        guard head.isMade else {
            passedOver.append(head)
            return nil
        }
        let document = document(of: text, head, input, options: Set(ownOptions))
        found.append(Found(document: document, head: head, position: position))
        return document.spec
    }

    private mutating func document(
        of text: String, _ head: MelangeHead, _ input: DocumentInput, options: Set<String>
    ) -> MelangeDocument {
        var document = MelangeDocument(
            name: head.name, version: head.version, architecture: defaults.architecture, configuration: text)
        document.base = input.base
        document.environment = head.needs.isEmpty ? nil : head.needs.map(\.text)
        document.origin = DocumentOrigin(file: input.name, line: 1)
        document.pipelines = compiler.pipelines.takeUsed()
        if let base = input.base, defaults.packages.folders[base]?.folders.contains(head.name) == true {
            document.sources = LocalSource(path: head.name)
        }
        document.repositories = defaults.packages.repositories
        document.keys = defaults.packages.keys
        document.buildOptions = defaults.packages.buildOptions.filter { options.contains($0) }
        document.withScripts = defaults.packages.runsScripts
        document.withTest = defaults.packages.runsTests
        document.debug = defaults.packages.showsCommands
        document.limits = defaults.limits
        return document
    }

    /// Fills in which configurations are built after which others, and what can be told only of all of them.
    mutating func link(_ reading: inout DocumentReading) {
        failUnknownOptions(&reading.errors)
        failPasswords(&reading.errors)
        if found.isEmpty, reading.jobs.isEmpty, reading.errors.list.isEmpty { failPassedOver(&reading.errors) }
        let brokenNeeds = defaults.packages.brokenNeeds
        guard !found.isEmpty || !brokenNeeds.isEmpty else { return }
        let graph = MelangeGraph(found.map(\.head))
        let needs = graph.edges.indices.map { names(of: graph.edges[$0], butFor: found[$0].document.name) }
        // What could not be read makes nothing, so that its packages would seem to be missing.
        if reading.errors.list.isEmpty {
            reading.outsideNeeds = OutsideNeeds(graph)
            reading.needlessBreaks = brokenNeeds.faults(among: found.indices.map { (found[$0].document.name, needs[$0]) })
        }
        for error in graph.errors.list { reading.errors.add(error) }
        for (file, needs) in zip(found, needs) {
            write(brokenNeeds.remaining(of: needs, of: file.document.name), of: file, in: &reading.jobs)
        }
    }

    /// The names of configurations, without one that may stand among them twice.
    private func names(of positions: [Int], butFor name: String) -> [String] {
        positions.map { found[$0].document.name }.filter { $0 != name }
    }

    private func write(_ needs: [String], of file: Found, in jobs: inout [JobSpec]) {
        guard !needs.isEmpty else { return }
        var document = file.document
        document.needs = needs
        var job = document.spec
        job.priority = jobs[file.position].priority
        job.retry = defaults.retry
        jobs[file.position] = job
    }

    /// Where nothing is left to build, whoever asked for it is told why.
    private func failPassedOver(_ errors: inout DocumentErrors) {
        for head in passedOver {
            let reason = "\(head.name) is for \(head.targets.alternatives) only, and this submission is for \(head.architecture)"
            errors.add(head.error(reason + "; ask for another architecture"))
        }
    }

    /// What is given beside configurations becomes part of documents.
    private func failPasswords(_ errors: inout DocumentErrors) {
        let addresses = defaults.packages.repositories.map(\.address) + defaults.packages.keys
        guard let first = found.first?.head, addresses.contains(where: \.carriesPassword) else { return }
        errors.add(first.error(PackageEnvironment.passwordRefusal))
    }

    /// A misspelt option would be one that is not enabled.
    private func failUnknownOptions(_ errors: inout DocumentErrors) {
        guard let first = found.first?.head ?? passedOver.first, errors.list.isEmpty else { return }
        for name in defaults.packages.buildOptions where !options.contains(name) {
            let advice = suggestionText(for: name, among: options.sorted())
            errors.add(first.error("options: no configuration of the submission has the build option \(name.quoted)\(advice)"))
        }
    }
}

extension MelangeHead {
    /// An error at the package's name.
    fileprivate func error(_ message: String) -> DocumentError {
        let place = provided.first
        return DocumentError(file: place?.file ?? name, line: place?.line ?? 1, column: place?.column ?? 1, message: message)
    }
}
