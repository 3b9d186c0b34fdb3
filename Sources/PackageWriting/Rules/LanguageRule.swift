internal import FarmModel
internal import PackageFiles

/// The interpreter of Perl, Python or Ruby whose modules a package has, by the folder in which they lie.
struct LanguageRule: ScanRule {
    func add(to found: inout FoundRelations, from package: ScannedPackage, of build: ScannedBuild) {
        let declared = package.body.dependencies.map { DependencyText.name(of: $0) }
        for entry in package.tree.entries where entry.content == .folder {
            let parts = entry.path.split(separator: "/")
            if let version = Self.python(parts), !declared.contains(where: { $0.hasPrefix("python") }) {
                found.dependencies.insert("python-\(version)-base")
            }
            if let version = Self.perl(parts), !declared.contains("perl") { found.dependencies.insert("perl~\(version)") }
            if let version = Self.ruby(parts), !declared.contains(where: { $0 == "ruby" || $0.hasPrefix("ruby-") }) {
                found.dependencies.insert("ruby-\(version)")
            }
        }
    }

    /// `…/python3.12/site-packages`
    private static func python(_ parts: [Substring]) -> String? {
        guard parts.last == "site-packages", let folder = parts.dropLast().last, folder.hasPrefix("python") else { return nil }
        return version(folder.dropFirst(6))
    }

    /// `usr/lib/perl5/vendor_perl`
    private static func perl(_ parts: [Substring]) -> String? {
        guard let rest = library(parts), rest.count == 2, rest[0].hasPrefix("perl"), rest[1].hasSuffix("_perl") else { return nil }
        return version(rest[0].dropFirst(4))
    }

    /// `usr/lib/ruby/gems/3.4.0/gems`: the first two numbers
    private static func ruby(_ parts: [Substring]) -> String? {
        guard let rest = library(parts), rest.count == 4, rest[0] == "ruby", rest[1] == "gems", rest[3] == "gems" else { return nil }
        let numbers = rest[2].split(separator: ".")
        return numbers.count == 3 ? version(numbers.dropLast().joined(separator: ".")[...]) : nil
    }

    /// What follows `lib` or `usr/lib`.
    private static func library(_ parts: [Substring]) -> [Substring]? {
        if parts.starts(with: ["usr", "lib"]) { return Array(parts.dropFirst(2)) }
        return parts.first == "lib" ? Array(parts.dropFirst()) : nil
    }

    /// Numbers and full stops.
    private static func version(_ text: Substring) -> String? {
        text.utf8.allSatisfy(\.isOfPlainVersion) && text.utf8.first?.isASCIIDigit == true ? String(text) : nil
    }
}
