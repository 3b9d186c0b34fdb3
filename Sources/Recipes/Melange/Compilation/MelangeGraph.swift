internal import AlpinePackage
public import Documents
internal import FarmModel

/// The order among the configurations of a submission: which one is built after which others.
public struct MelangeGraph: Sendable {
    /// For each head, in the order given, the positions of the heads that it is built after, ascending and without itself.
    public private(set) var edges: [[Int]] = []
    /// What no order can cure: packages that two configurations make, and texts that apk would not take.
    public private(set) var errors = DocumentErrors()
    /// Needs that name a package of the submission, but none of its versions will do: another repository must have one.
    public private(set) var mismatches = DocumentErrors()
    /// Names that are needed and that nothing of the submission makes: repositories must have them.
    public private(set) var missing: Set<String> = []

    /// Something that a head makes available.
    fileprivate struct Offer {
        var head: Int
        /// The package; the offer's own name for a package itself.
        var package: String
        /// nil if what is provided has no version.
        var version: PackageVersion?
        var isPackage: Bool
    }

    /// What a need comes to.
    private enum Answer {
        /// What must not be installed is nothing to wait for.
        case conflict
        /// Another repository must have the name.
        case missing(String)
        case head(Int)
        case mismatch(String)
        case nonsense(String)
    }

    private var offers: [String: [Offer]] = [:]
    private var answers: [String: Answer] = [:]

    /// Finds the order of some heads. Needs of packages that none of them makes do not matter for it.
    public init(_ heads: [MelangeHead]) {
        for (index, head) in heads.enumerated() {
            for provided in head.provided { addOffer(provided, of: head, at: index, among: heads) }
        }
        edges = heads.indices.map { index in neighbours(of: heads[index], at: index, among: heads) }
    }

    private mutating func addOffer(_ provided: MelangeHead.Provided, of head: MelangeHead, at index: Int, among heads: [MelangeHead]) {
        guard let provider = provided.provider else {
            let offer = Offer(head: index, package: provided.text, version: PackageVersion(head.version), isPackage: true)
            if !errors.isFull,
                let former = offers[provided.text]?.first(where: { $0.isPackage && heads[$0.head].architecture == head.architecture })
            {
                failTwice(provided, former: former, among: heads)
            }
            offers[provided.text, default: []].append(offer)
            return
        }
        guard let term = Dependency(parsing: provided.text) else {
            let message = "provides: \(provided.text.quoted) is no name, or name=version, as apk takes it"
            errors.add(DocumentError(file: provided.file, line: provided.line, column: provided.column, message: message))
            return
        }
        let version = term.comparison == .equal ? PackageVersion(term.version) : nil
        offers[term.name, default: []].append(Offer(head: index, package: provider, version: version, isPackage: false))
    }

    private mutating func failTwice(_ provided: MelangeHead.Provided, former: Offer, among heads: [MelangeHead]) {
        let place = heads[former.head].provided.first { $0.provider == nil && $0.text == former.package }
        let other = place.map { "\($0.file):\($0.line)" } ?? heads[former.head].name
        let message = "the package \(provided.text.quoted) is made by \(other) too; leave one of them out"
        errors.add(DocumentError(file: provided.file, line: provided.line, column: provided.column, message: message))
    }

    private mutating func neighbours(of head: MelangeHead, at index: Int, among heads: [MelangeHead]) -> [Int] {
        var found: Set<Int> = []
        for need in head.needs {
            switch answer(to: need, of: head, among: heads) {
            case .conflict: break
            case .missing(let name): missing.insert(name)
            case .head(let provider): if provider != index { found.insert(provider) }
            case .mismatch(let message): mismatches.add(error(message, at: need))
            case .nonsense(let message): errors.add(error(message, at: need))
            }
        }
        return found.sorted()
    }

    private func error(_ message: String, at need: NeedReference) -> DocumentError {
        DocumentError(file: need.file, line: need.line, column: need.column, message: message)
    }

    /// What a need comes to. Most needs are those of many heads, so that answers are kept.
    private mutating func answer(to need: NeedReference, of head: MelangeHead, among heads: [MelangeHead]) -> Answer {
        let question = "\(head.architecture.name) \(need.text)"
        if let answer = answers[question] { return answer }
        let answer = newAnswer(to: need.text, for: head.architecture, among: heads)
        answers[question] = answer
        return answer
    }

    /// The head that a need is built after: the package of that name, else who provides it in the highest version.
    private func newAnswer(to need: String, for architecture: Architecture, among heads: [MelangeHead]) -> Answer {
        guard let term = Dependency(parsing: need) else {
            return .nonsense("\(need.quoted) is no name of a package, perhaps with a version, as apk takes it")
        }
        let candidates = (offers[term.name] ?? []).filter { heads[$0.head].architecture == architecture }
        guard !term.isConflict else { return .conflict }
        guard !candidates.isEmpty else { return .missing(term.name) }
        let fitting = candidates.filter { offer in offer.satisfies(term) }
        if let offer = fitting.max(by: { $0.isWorse(than: $1) }) { return .head(offer.head) }
        let versions = candidates.map { $0.version.map(\.description) ?? "no version" }.withoutRepetitions.prefix(3)
        return .mismatch("needs \(need.quoted), but what is built here has \(versions.joined(separator: ", "))")
    }
}

extension MelangeGraph.Offer {
    /// Whether the offer is what a need asks for.
    fileprivate func satisfies(_ term: Dependency) -> Bool {
        guard let comparison = term.comparison else { return true }
        guard let version, let wanted = PackageVersion(term.version) else { return false }
        return version.matches(comparison, wanted)
    }

    /// Whether another offer is taken rather than this one.
    fileprivate func isWorse(than other: MelangeGraph.Offer) -> Bool {
        if isPackage != other.isPackage { return other.isPackage }
        if let version, let others = other.version, version != others { return version < others }
        if (version == nil) != (other.version == nil) { return version == nil }
        return package > other.package
    }
}
