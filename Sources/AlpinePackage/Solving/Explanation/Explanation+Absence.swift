import BuildGraph

extension Explanation {
    /// That nobody provides something, and what comes near it.
    mutating func absence(of term: Dependency, for package: PackagePool.Member) -> String {
        let isAskedFor = package == PackagePool.world
        let demand =
            isAskedFor
            ? "nobody provides \("\(term)".quoted) that the environment asks for"
            : "\(search.demand(of: package, term)), nobody provides it"
        if let hint = sourceHint(for: term) ?? versionHint(for: term) ?? architectureHint(for: term) { return "\(demand); \(hint)" }
        guard let name = nearestName(to: term.name) else { return demand }
        return isAskedFor ? "\(demand); did you mean \(name.quoted)?" : "\(demand); the nearest is \(title(ofOffer: name))"
    }

    /// Packages that would do have another tag than was asked for.
    private mutating func sourceHint(for term: Dependency) -> String? {
        guard let other = search.book.matches(term).first else { return nil }
        let title = search.pool.title(of: other.package)
        guard let tag = search.pool.tag(of: other.package) else { return "\(title) is in no source with the tag @\(term.tag ?? "")" }
        return "\(title) is for who asks for \(term.name)@\(tag)".singleLine
    }

    /// There is something of this name.
    private mutating func versionHint(for term: Dependency) -> String? {
        search.book.offers(of: term.name).isEmpty ? nil : "the nearest is \(title(ofOffer: term.name))"
    }

    private func architectureHint(for term: Dependency) -> String? {
        search.pool.otherArchitecture(with: term.name).map { "it is there only for \($0)".singleLine }
    }

    /// The best that has a name.
    private mutating func title(ofOffer name: String) -> String {
        guard let best = search.book.offers(of: name).first else { return name.singleLine }
        let title = search.pool.title(of: best.package)
        guard !best.bracket.hasTheName else { return title }
        return "\(name)\(best.version.map { "=\($0)" } ?? "") (\(title))".singleLine
    }

    /// The name that was most likely meant. Names are compared in order, so that the answer is always the same.
    private func nearestName(to name: String) -> String? {
        let length = name.utf8.count
        let alike = search.pool.providers.names.filter { abs($0.utf8.count - length) <= 1 + length / 4 }
        return suggestion(for: name, among: alike.sorted())
    }
}
