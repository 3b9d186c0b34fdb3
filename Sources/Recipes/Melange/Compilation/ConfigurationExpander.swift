import Documents
import FarmModel

/// Finds the packages of a configuration: replaces variables in names, repeats subpackages over their lists and judges their conditions.
struct ConfigurationExpander {
    private let configuration: MelangeConfigurationFile
    private let architecture: Architecture
    /// What is wrong.
    private(set) var errors: DocumentErrors

    init(_ configuration: MelangeConfigurationFile, architecture: Architecture, errors: DocumentErrors) {
        self.configuration = configuration
        self.architecture = architecture
        self.errors = errors
    }

    /// The packages, the main one first; those that are wrong are left out.
    mutating func packages() -> [ExpandedPackage] {
        var variables = MelangeVariables(configuration, architecture: architecture)
        let shared = variables.resolved()
        for fault in variables.faults { fail(at: fault.position, fault.message) }
        let main = configuration.package
        let name = shared["package.name"] ?? ""
        if variables.faults.isEmpty {
            check(name, at: main.name.position)
            checkVersion(shared["package.version"] ?? "")
        }
        var scope = MelangeScope(shared: shared, package: name)
        let subpackages = subpackages(scope)
        checkNames(of: subpackages, main: name)
        scope.packages = Set(subpackages.map(\.name) + [name])
        let first = ExpandedPackage(
            name: name, position: main.name.position, facts: main.facts, steps: configuration.steps, test: configuration.test, scope: scope)
        return [first] + madePackages(among: subpackages, names: scope.packages)
    }

    /// The subpackages whose conditions hold, once all names are known.
    private mutating func madePackages(among subpackages: [ExpandedPackage], names: Set<String>) -> [ExpandedPackage] {
        var made: [ExpandedPackage] = []
        for subpackage in subpackages {
            var package = subpackage
            package.scope.packages = names
            if package.condition.map({ holds($0, package.scope) }) ?? true { made.append(package) }
        }
        return made
    }

    private mutating func subpackages(_ scope: MelangeScope) -> [ExpandedPackage] {
        var packages: [ExpandedPackage] = []
        for subpackage in configuration.subpackages {
            for entry in entries(of: subpackage) {
                guard packages.count < MelangeLimits.subpackages else {
                    fail(at: subpackage.name.position, "more than \(MelangeLimits.subpackages) subpackages")
                    return packages
                }
                if let package = expanded(subpackage, for: entry, scope) { packages.append(package) }
            }
        }
        return packages
    }

    private mutating func expanded(_ subpackage: MelangeSubpackage, for entry: MelangePair?, _ scope: MelangeScope) -> ExpandedPackage? {
        var inner = scope
        inner.entry = entry.map { ($0.key, $0.value.value) }
        guard let name = replaced(subpackage.name, "name", inner) else { return nil }
        inner.subpackage = name
        inner.package = name
        return ExpandedPackage(
            name: name, position: subpackage.name.position, condition: subpackage.condition, facts: subpackage.facts,
            steps: subpackage.steps, test: subpackage.test, scope: inner)
    }

    /// The entries that a subpackage is repeated for; one that is nothing if it has no range.
    private mutating func entries(of subpackage: MelangeSubpackage) -> [MelangePair?] {
        guard let range = subpackage.range else { return [nil] }
        if let entries = configuration.ranges[range.value] { return entries }
        let advice = suggestionText(for: range.value, among: configuration.ranges.keys.sorted())
        fail(at: range.position, "range: there is no list \(range.value.quoted) in data\(advice)")
        return []
    }

    // MARK: Checks

    private mutating func check(_ name: String, at position: DocumentPosition) {
        guard !TextRule.package.accepts(name) else { return }
        fail(at: position, "name: expected \(TextRule.package.expectation), found \(name.quoted)")
    }

    private mutating func checkVersion(_ version: String) {
        guard !TextRule.packageVersion.accepts(version) else { return }
        let position = configuration.package.version.position
        fail(at: position, "version: expected \(TextRule.packageVersion.expectation), found \(version.quoted)")
    }

    private mutating func checkNames(of subpackages: [ExpandedPackage], main: String) {
        var seen: Set<String> = []
        for subpackage in subpackages {
            check(subpackage.name, at: subpackage.position)
            if subpackage.name == main {
                fail(at: subpackage.position, "name: the subpackage \(main.quoted) is called as the package itself")
            } else if !seen.insert(subpackage.name).inserted {
                fail(at: subpackage.position, "name: the subpackage \(subpackage.name.quoted) stands twice")
            }
        }
    }

    // MARK: Texts

    private mutating func holds(_ condition: MelangeText, _ scope: MelangeScope) -> Bool {
        do throws(SubstitutionFault) {
            return try Condition.holds(condition.value) { name throws(SubstitutionFault) in try scope.value(of: name) }
        } catch {
            fail(at: condition.position, "if: \(scope.message(of: error))")
            return false
        }
    }

    private mutating func replaced(_ text: MelangeText, _ key: String, _ scope: MelangeScope) -> String? {
        do throws(SubstitutionFault) {
            return try scope.replacing(in: text.value, limit: DocumentLimits.pathBytes)
        } catch {
            fail(at: text.position, "\(key): \(scope.message(of: error))")
            return nil
        }
    }

    private mutating func fail(at position: DocumentPosition, _ message: @autoclosure () -> String) {
        guard !errors.isFull else { return }
        errors.add(DocumentError(file: configuration.file, line: Int(position.line), column: Int(position.column), message: message()))
    }
}

extension TextRule {
    private static let packageBytes = ByteSet.alphanumeric + "+_.-"

    /// The name of a package, as melange takes it.
    static let package = TextRule("a name of letters, digits and + _ . - that starts with a letter or digit", limit: 200) {
        $0.starts(in: .alphanumeric) && $0.consists(of: packageBytes) && $0.utf8.count <= 200
    }

    /// The version of a package without its release; what apk makes of it is judged elsewhere.
    static let packageVersion = TextRule("a version such as 1.2.3 or 1.2_rc1 without -rN", limit: 100) {
        $0.starts(in: .digits) && $0.consists(of: ByteSet.alphanumeric + "._~-") && $0.utf8.count <= 100
    }
}
