internal import Documents

extension Set<PackageDefaults.BrokenNeed> {
    /// The needs of a configuration that are not broken.
    func remaining(of needs: [String], of name: String) -> [String] {
        needs.filter { !contains(PackageDefaults.BrokenNeed(package: name, need: $0)) }
    }

    /// Which of these needs nobody has, a line each.
    /// - Parameter configurations: Their names, and the names of those that each waits for.
    func faults(among configurations: [(name: String, needs: [String])]) -> [String] {
        guard !isEmpty else { return [] }
        let needs = Dictionary(configurations.map { ($0.name, $0.needs) }) { $0 + $1 }
        return sorted { ($0.package, $0.need) < ($1.package, $1.need) }.compactMap { $0.fault(among: needs) }
    }
}

extension PackageDefaults.BrokenNeed {
    /// What is wrong with this one; nil if there is such a need.
    fileprivate func fault(among needs: [String: [String]]) -> String? {
        let start = "--break-need \(package.excerpt):\(need.excerpt): "
        guard let known = needs[package] else {
            return start + "no configuration is called \(package.quoted)" + suggestionText(for: package, among: needs.keys.sorted())
        }
        guard !known.contains(need) else { return nil }
        return start + "\(package.quoted) does not wait for a configuration \(need.quoted)" + advice(known)
    }

    private func advice(_ known: [String]) -> String {
        let near = suggestionText(for: need, among: known)
        guard near.isEmpty, !known.isEmpty else { return near }
        return "; it waits for " + known.prefix(5).joined(separator: ", ") + (known.count > 5 ? " and \(known.count - 5) more" : "")
    }
}
