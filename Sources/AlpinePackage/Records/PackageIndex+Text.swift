import FarmModel

extension PackageIndex {
    /// The text of `APKINDEX`: the entries by name and then by version, so that equal indexes have equal texts.
    public var text: String {
        let sorted = packages.map { (record: $0, version: PackageVersion($0.version)) }.sorted { left, right in
            if left.record.name != right.record.name { return left.record.name < right.record.name }
            if let mine = left.version, let other = right.version, mine != other { return mine < other }
            return (left.record.version, left.record.architecture) < (right.record.version, right.record.architecture)
        }
        return sorted.map { entry(of: $0.record) }.joined()
    }

    /// The lines of one package, with the empty line after them; what is not known is left out.
    public func entry(of record: PackageRecord) -> String { record.indexEntry }
}

extension PackageRecord {
    fileprivate var indexEntry: String {
        var text = ""
        func line(_ letter: Character, _ value: String) { text += "\(letter):\(value)\n" }
        func word(_ letter: Character, _ value: String?) { if let word = value?.singleWord, !word.isEmpty { line(letter, word) } }
        func phrase(_ letter: Character, _ value: String?) { if let phrase = value?.singleLine, !phrase.isEmpty { line(letter, phrase) } }
        func number(_ letter: Character, _ value: Int64?) { if let value { line(letter, String(value)) } }
        func list(_ letter: Character, _ terms: [Dependency]) {
            if !terms.isEmpty { line(letter, terms.map(\.description.singleWord).joined(separator: " ")) }
        }

        word("C", controlChecksum.isEmpty ? nil : "Q1" + Base64.text(of: controlChecksum))
        word("P", name)
        word("V", version)
        word("A", architecture)
        number("S", size)
        number("I", installedSize)
        line("T", summary.singleLine)
        phrase("U", url)
        phrase("L", license)
        phrase("o", origin)
        phrase("m", maintainer)
        number("t", buildTime)
        word("c", commit)
        number("k", providerPriority)
        list("D", dependencies)
        list("p", provides)
        list("r", replaces)
        number("q", replacesPriority)
        list("i", installIf)
        return text + "\n"
    }
}
