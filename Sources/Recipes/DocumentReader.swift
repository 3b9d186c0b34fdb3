public import Documents
public import FarmModel

/// Reads the documents of a submission into jobs: YAML, JSON and streams of `spec` records.
public struct DocumentReader: Sendable {
    private let recipes: RecipeRegistry
    private let defaults: DocumentDefaults

    /// - Parameter defaults: What holds for documents that do not say it.
    public init(recipes: RecipeRegistry = .standard, defaults: DocumentDefaults = .builtIn) {
        self.recipes = recipes
        self.defaults = defaults
    }

    /// The jobs of all inputs in order.
    /// - Throws: `.badInput` with all errors found, a line each.
    public func read(_ inputs: [DocumentInput]) throws(FarmError) -> [JobSpec] {
        let reading = reading(of: inputs)
        if let failure = reading.failure { throw failure }
        return reading.jobs
    }

    /// The jobs of all inputs in order, and what is wrong; the jobs are complete only if nothing is.
    public func check(_ inputs: [DocumentInput]) -> (jobs: [JobSpec], errors: DocumentErrors) {
        let reading = reading(of: inputs)
        return (reading.jobs, reading.errors)
    }

    /// Everything that reading all inputs tells.
    public func reading(of inputs: [DocumentInput]) -> DocumentReading {
        var submission = Submission(configurations: ConfigurationFiles(defaults: defaults))
        for input in inputs where !submission.reading.errors.isFull { read(input, into: &submission) }
        submission.link()
        return submission.reading
    }

    /// The job of a stored `spec` record; nil if there is none. Local paths start from the folder that the record names as its `base`; one
    /// without came from who may not name local paths.
    /// - Parameter name: what the record is called in messages.
    public func read(stored record: String, name: String) throws(FarmError) -> JobSpec? {
        var submission = Submission(configurations: ConfigurationFiles(defaults: defaults))
        let input = DocumentInput(name: name, bytes: Array(record.utf8), base: nil)
        var reader = NodeReader(file: name, base: nil, allowsLocalPaths: false, defaults: defaults)
        do throws(DocumentFault) {
            try input.read { document in
                let base = document["base"]?.text
                reader = NodeReader(file: name, base: base, allowsLocalPaths: base != nil, defaults: defaults, errors: reader.errors)
                return submission.take(document, of: input, recipes, &reader)
            }
        } catch {
            reader.fail(at: error.position, error.message)
        }
        if let error = reader.errors.farmError { throw error }
        return submission.reading.jobs.first
    }

    private func read(_ input: DocumentInput, into submission: inout Submission) {
        var reader = NodeReader(
            file: input.name, base: input.base, allowsLocalPaths: input.base != nil, defaults: defaults,
            errors: submission.reading.errors)
        do throws(DocumentFault) {
            try input.read { document in submission.take(document, of: input, recipes, &reader) }
        } catch {
            reader.fail(at: error.position, error.message)
        }
        let known = submission.reading.errors.list.count
        submission.reading.errors = reader.errors
        submission.reading.errors.sort(from: known)
    }
}

/// What was read so far.
private struct Submission {
    var reading = DocumentReading()
    private var configurations: ConfigurationFiles
    private var edges = 0

    init(configurations: ConfigurationFiles) { self.configurations = configurations }

    /// Adds the jobs of one document; false when reading on makes no sense.
    mutating func take(
        _ document: DocumentNode, of input: DocumentInput, _ recipes: RecipeRegistry, _ reader: inout NodeReader
    ) -> Bool {
        if ConfigurationFiles.isConfiguration(document) {
            if let job = configurations.read(input, at: reading.jobs.count, &reader) { reading.jobs.append(job) }
            // A configuration is a file of its own.
            return false
        }
        guard !document.isNull, let recipe = reader.recipe(of: document, among: recipes) else { return !reader.errors.isFull }
        let found = recipe.jobs(in: document, &reader)
        reading.jobs += found
        edges += found.reduce(0) { $0 + $1.needs.count }
        if reading.jobs.count > DocumentLimits.jobs {
            reader.fail(at: document.position, "more than \(DocumentLimits.jobs) jobs in one submission")
            return false
        }
        if edges > DocumentLimits.edges {
            reader.fail(at: document.position, "more than \(DocumentLimits.edges) needs in one submission")
            return false
        }
        return !reader.errors.isFull
    }

    /// Fills in what is known only when all documents were read.
    mutating func link() { configurations.link(&reading) }
}

extension NodeReader {
    /// The recipe of a document or `spec` record; collects an error for other records and unknown recipes.
    fileprivate mutating func recipe(of document: DocumentNode, among recipes: RecipeRegistry) -> (any Recipe)? {
        if let kind = document["kind"], kind.text != "spec" {
            fail(at: kind.position, "kind: a \(kind.text.quoted) record stands here; only records of kind \"spec\" are read")
            return nil
        }
        guard let node = document["recipe"] else { return recipes[ScriptRecipe.name] }
        return member(node, "recipe", of: recipes.names).flatMap { recipes[$0] }
    }
}
