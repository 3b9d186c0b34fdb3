/// The variables that stand for something at one place of a configuration.
struct MelangeScope: Sendable {
    /// What holds in the whole configuration, by name: `package.name`, `vars.x`, `build.arch`.
    var shared: [String: String]
    /// The names of all packages, for `targets.package.NAME`.
    var packages: Set<String> = []
    /// The package that is being made: the main one or a subpackage.
    var package: String
    /// The subpackage that is being made, if it is one.
    var subpackage: String?
    /// The entry of a list that a subpackage is repeated for.
    var entry: (key: String, value: String)?
    /// The inputs of the pipeline that is used, and of those around it.
    var inputs: [String: String] = [:]

    /// Variables of the main package.
    init(shared: [String: String], package: String) {
        self.shared = shared
        self.package = package
    }

    /// The value of a variable.
    /// - Throws: that it is unknown.
    func value(of name: String) throws(SubstitutionFault) -> String {
        if let value = shared[name] ?? local(name) { return value }
        if let key = name.suffix(after: "inputs."), let value = inputs[key] { return value }
        if let package = name.suffix(after: "targets.package."), packages.contains(package) { return BuildPlaces.folder(of: package) }
        throw SubstitutionFault(unknown: name)
    }

    /// A text with the values of its variables.
    func replacing(in text: String, limit: Int = MelangeLimits.textBytes) throws(SubstitutionFault) -> String {
        try Substitution.replacing(in: text, limit: limit) { name throws(SubstitutionFault) in try value(of: name) }
    }

    /// What is wrong, with what may have been meant.
    func message(of fault: SubstitutionFault) -> String { fault.unknownName == nil ? fault.message : fault.advised(among: names) }

    private func local(_ name: String) -> String? {
        switch name {
        case "context.name": package
        case "targets.contextdir": BuildPlaces.folder(of: package)
        case "subpkg.name": subpackage
        case "targets.subpkgdir": subpackage.map { BuildPlaces.folder(of: $0) }
        case "range.key": entry?.key
        case "range.value": entry?.value
        default: nil
        }
    }

    /// All names, for advice.
    private var names: [String] {
        var names = shared.keys.sorted() + inputs.keys.sorted().map { "inputs." + $0 } + ["context.name", "targets.contextdir"]
        names += subpackage == nil ? [] : ["subpkg.name", "targets.subpkgdir"]
        names += entry == nil ? [] : ["range.key", "range.value"]
        return names + packages.sorted().prefix(1000).map { "targets.package." + $0 }
    }
}

extension String {
    /// What follows a prefix; nil if the text does not begin with it.
    func suffix(after prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
