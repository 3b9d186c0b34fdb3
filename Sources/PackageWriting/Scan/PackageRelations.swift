internal import FarmModel

/// What a package needs and offers: what was declared and what its files tell. Sorted, each once.
struct PackageRelations: Equatable, Sendable {
    /// `depend`
    let dependencies: [String]
    /// `provides`
    let provides: [String]

    private static let rules: [any ScanRule] = [
        LibraryRule(), CommandRule(), DocumentationRule(), PackageConfigurationRule(), LanguageRule(), InterpreterRule(),
    ]

    /// Looks at one package of a build.
    /// - Throws: `inputOutput` if a file cannot be read.
    init(of package: ScannedPackage, in build: ScannedBuild) throws(FarmError) {
        var found = FoundRelations()
        for rule in Self.rules { try rule.add(to: &found, from: package, of: build) }
        // A package that offers its libraries to nobody has them all the same.
        found.ownParts.formUnion(found.provides.map { DependencyText.name(of: $0) })
        Self.apply(package.body.options, to: &found)
        provides = Self.merged(package.body.provides, found.provides)
        let offered = Set(provides.map { DependencyText.name(of: $0) })
        // What it has for itself need not come from elsewhere; what somebody declared must all the same.
        let needed = found.dependencies.filter { !found.ownParts.contains(DependencyText.name(of: $0)) }
        dependencies = Self.merged(package.body.dependencies, needed).filter { dependency in
            !Self.isPlain(dependency) || !offered.contains(DependencyText.name(of: dependency))
        }
    }

    private static func apply(_ options: PackageBody.Options, to found: inout FoundRelations) {
        if options.hasNoCommands {
            found.provides = found.provides.filter { !$0.hasPrefix("cmd:") }
            found.dependencies = found.dependencies.filter { !$0.hasPrefix("cmd:") }
        }
        if options.hasNoDependencies { found.dependencies = [] }
        if options.hasNoProvides { found.provides = [] }
    }

    /// What was declared wins over what was found of the same name.
    private static func merged(_ declared: [String], _ found: Set<String>) -> [String] {
        let names = Set(declared.map { DependencyText.name(of: $0) })
        return (Set(declared).union(found.filter { !names.contains(DependencyText.name(of: $0)) })).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }

    /// A name alone, or a version of a library of the same build: a package satisfies that itself. Conflicts and other versions stay.
    private static func isPlain(_ dependency: String) -> Bool {
        DependencyText.isName(dependency) || dependency.hasPrefix("so-ver:")
    }
}
