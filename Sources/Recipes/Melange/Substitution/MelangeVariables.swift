import Documents
import FarmModel

/// Finds the values of the variables that hold in a whole configuration. Each is found once, when another first asks for it, so that they
/// may stand in each other in any order.
struct MelangeVariables {
    private enum Content {
        case text(MelangeText)
        case transform(MelangeTransform)
    }

    private enum State {
        case waiting
        /// Asked for by something that it asks for.
        case open
        case found(String)
        case failed
    }

    private struct Definition {
        var name: String
        var content: Content
        /// The definition that this one takes the place of: it is meant when this one asks for its own name.
        var former: Int?
        var state = State.waiting
    }

    /// How many variables may ask for each other in a row.
    private static let depth = 64

    private var definitions: [Definition] = []
    private var newest: [String: Int] = [:]
    private var values: [String: String]
    private var level = 0
    private var size = 0
    private var matcherSteps = MelangeLimits.matcherSteps
    /// What is wrong, where it stands.
    private(set) var faults: [DocumentFault] = []

    /// The definitions of a configuration, for an architecture.
    init(_ configuration: MelangeConfigurationFile, architecture: Architecture) {
        values = BuildMachine(architecture).variables
        values["package.epoch"] = String(configuration.package.epoch)
        values["package.srcdir"] = BuildPlaces.workspace
        values["targets.outdir"] = BuildPlaces.output
        for option in configuration.options { values["options.\(option.name).enabled"] = "false" }
        for name in configuration.enabledOptions { values["options.\(name).enabled"] = "true" }
        let package = configuration.package
        define("package.name", package.name)
        define("package.version", package.version)
        define("package.description", package.facts.summary ?? MelangeText(value: "", position: package.position))
        for variable in configuration.variables { define("vars." + variable.key, variable.value) }
        for transform in configuration.transforms { define("vars." + transform.name.value, .transform(transform)) }
    }

    private mutating func define(_ name: String, _ text: MelangeText) { define(name, .text(text)) }

    private mutating func define(_ name: String, _ content: Content) {
        definitions.append(Definition(name: name, content: content, former: newest[name]))
        newest[name] = definitions.count - 1
    }

    /// All variables with their values; what is wrong with a definition stands in ``faults``, and its variable is empty.
    mutating func resolved() -> [String: String] {
        for index in definitions.indices { _ = value(of: index) }
        for (name, index) in newest { values[name] = value(of: index) }
        values["package.full-version"] = fullVersion
        values["targets.destdir"] = BuildPlaces.folder(of: values["package.name"] ?? "")
        return values
    }

    private var fullVersion: String { "\(values["package.version"] ?? "")-r\(values["package.epoch"] ?? "")" }

    private mutating func value(of index: Int) -> String {
        switch definitions[index].state {
        case .found(let value): return value
        case .failed: return ""
        case .open, .waiting: break
        }
        guard faults.count < DocumentLimits.errors else { return "" }
        definitions[index].state = .open
        level += 1
        defer { level -= 1 }
        do throws(DocumentFault) {
            let value = try evaluate(definitions[index])
            definitions[index].state = .found(value)
            return value
        } catch {
            faults.append(error)
            definitions[index].state = .failed
            return ""
        }
    }

    private mutating func evaluate(_ definition: Definition) throws(DocumentFault) -> String {
        switch definition.content {
        case .text(let text): return try replace(text, for: definition)
        case .transform(let transform): return try apply(transform, for: definition)
        }
    }

    private mutating func replace(_ text: MelangeText, for definition: Definition) throws(DocumentFault) -> String {
        do throws(SubstitutionFault) {
            let value = try Substitution.replacing(in: text.value, limit: MelangeLimits.valueBytes) { name throws(SubstitutionFault) in
                try variable(name, for: definition)
            }
            size += value.utf8.count
            guard size <= MelangeLimits.expandedBytes else { throw SubstitutionFault(message: "the variables are too long together") }
            return value
        } catch {
            let message = error.advised(among: values.keys.sorted() + newest.keys.sorted())
            throw DocumentFault(position: text.position, message: "\(definition.name): \(message)")
        }
    }

    private mutating func variable(_ name: String, for definition: Definition) throws(SubstitutionFault) -> String {
        if let value = values[name] { return value }
        switch name {
        case "package.full-version": return try variable("package.version", for: definition) + "-r" + (values["package.epoch"] ?? "")
        case "targets.destdir": return BuildPlaces.folder(of: try variable("package.name", for: definition))
        default: break
        }
        guard let index = name == definition.name ? definition.former ?? newest[name] : newest[name] else {
            throw SubstitutionFault(unknown: name)
        }
        if case .open = definitions[index].state {
            throw SubstitutionFault(message: "\("${{\(name)}}".quoted) is defined by itself")
        }
        guard level < Self.depth else { throw SubstitutionFault(message: "more than \(Self.depth) variables ask for each other in a row") }
        return value(of: index)
    }

    private mutating func apply(_ transform: MelangeTransform, for definition: Definition) throws(DocumentFault) -> String {
        let source = try replace(transform.source, for: definition)
        guard source.utf8.count <= MelangeLimits.transformedBytes else {
            let message = "from: longer than \(MelangeLimits.transformedBytes) bytes once its variables are replaced"
            throw DocumentFault(position: transform.source.position, message: message)
        }
        guard transform.replacement.value.utf8.count <= MelangeLimits.transformedBytes else {
            let message = "replace: longer than \(MelangeLimits.transformedBytes) bytes"
            throw DocumentFault(position: transform.replacement.position, message: message)
        }
        let value: String
        do throws(PatternFault) {
            let pattern = try Pattern(transform.pattern.value)
            value = try pattern.replacing(in: source, with: PatternTemplate(transform.replacement.value), budget: &matcherSteps)
        } catch {
            throw DocumentFault(position: transform.pattern.position, message: "match: \(error.message)")
        }
        // A replacement may hold variables, which are no groups and so still stand in the result.
        return try replace(MelangeText(value: value, position: transform.replacement.position), for: definition)
    }
}
