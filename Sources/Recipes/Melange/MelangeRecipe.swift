public import Documents
public import FarmModel

/// Packages of melange: takes them into the graph, but cannot build them yet. A job of it ends `failed` with class `bad_input`.
public struct MelangeRecipe: Recipe {
    /// `melange`
    public static let name = "melange"
    /// The first.
    public static let revision = 1

    /// The only one.
    public init() {}

    /// One job: a document is one package.
    public func jobs(in document: DocumentNode, _ reader: inout NodeReader) -> [JobSpec] {
        let melange = reader.melangeDocument(document)
        guard let melange, reader.errors.list.isEmpty else { return [] }
        return [melange.spec]
    }

    /// Asked when a job is about to run: this is where it ends.
    /// - Throws: `badInput`
    public func prepare(_ spec: JobSpec) throws(FarmError) -> [PrepareRequest] {
        throw FarmError(.badInput, "melange packages cannot be built by this version of bf: the recipe is not there yet")
    }

    /// A plan without phases that stands for the document, so that a submission has its digest. It is never run.
    public func plan(_ spec: JobSpec, resolved: Resolution) throws(FarmError) -> Plan {
        var plan = Plan(architecture: spec.identity.architecture, phases: [])
        plan.variables["document"] = Digest.of(JSONValue.object(spec.document).canonicalText.utf8).description
        plan.isVolatile = true
        return plan
    }

    /// Nothing: no job of it succeeds.
    public func conclude(_ spec: JobSpec, _ outcome: TreeOutcome) -> Conclusion { Conclusion(artifacts: []) }

    /// None.
    public func localSources(_ spec: JobSpec) throws(FarmError) -> [LocalSource] { [] }

    /// The job as it is.
    public func binding(_ trees: [Digest], to spec: JobSpec) throws(FarmError) -> JobSpec { spec }
}
