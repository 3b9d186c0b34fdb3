import Documents
import FarmModel

extension NodeReader {
    /// Reads a whole configuration; nil if it has no usable package.
    mutating func melangeConfiguration(_ node: DocumentNode) -> MelangeConfigurationFile? {
        guard let fields = fields(node, "the configuration", allowed: MelangeKeys.configuration) else { return nil }
        guard let package = melangePackage(fields) else { return nil }
        var configuration = MelangeConfigurationFile(file: file, package: package)
        configuration.environment = melangeEnvironment(fields)
        configuration.steps = melangeSteps(fields, "pipeline")
        configuration.subpackages = melangeSubpackages(fields)
        configuration.ranges = melangeRanges(fields)
        configuration.variables = melangePairs(fields, "vars")
        configuration.transforms = melangeTransforms(fields)
        configuration.options = melangeOptions(fields)
        configuration.test = melangeTest(fields)
        configuration.update = melangeUpdate(fields)
        if let section = melangeSection(fields, "capabilities", MelangeKeys.capabilities) {
            _ = melangeTexts(section, "add") + melangeTexts(section, "drop")
        }
        return configuration
    }

    private mutating func melangeSubpackages(_ fields: DocumentNode) -> [MelangeSubpackage] {
        var subpackages: [MelangeSubpackage] = []
        for node in melangeSections(fields, "subpackages", MelangeKeys.subpackage) {
            guard let name = requiredMelangeText(node, "name") else { continue }
            var subpackage = MelangeSubpackage(name: name)
            subpackage.range = melangeText(node, "range").flatMap { $0.value.isEmpty ? nil : $0 }
            subpackage.condition = melangeText(node, "if")
            subpackage.steps = melangeSteps(node, "pipeline")
            subpackage.facts = melangeFacts(node)
            subpackage.test = melangeTest(node)
            subpackages.append(subpackage)
        }
        return subpackages
    }

    private mutating func melangeTest(_ fields: DocumentNode) -> MelangeTestSection? {
        guard let section = melangeSection(fields, "test", MelangeKeys.test) else { return nil }
        return MelangeTestSection(environment: melangeEnvironment(section), steps: melangeSteps(section, "pipeline"))
    }

    private mutating func melangeRanges(_ fields: DocumentNode) -> [String: [MelangePair]] {
        var ranges: [String: [MelangePair]] = [:]
        for node in melangeSections(fields, "data", MelangeKeys.data) {
            guard let name = requiredMelangeText(node, "name") else { continue }
            let items = melangePairs(node, "items").sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            if ranges.updateValue(items, forKey: name.value) != nil {
                fail(at: name.position, "data: the list \(name.value.quoted) stands twice")
            }
        }
        return ranges
    }

    private mutating func melangeTransforms(_ fields: DocumentNode) -> [MelangeTransform] {
        var transforms: [MelangeTransform] = []
        for node in melangeSections(fields, "var-transforms", MelangeKeys.transform) {
            let source = requiredMelangeText(node, "from")
            let pattern = requiredMelangeText(node, "match")
            let replacement = melangeText(node, "replace") ?? MelangeText(value: "", position: node.position)
            guard let name = requiredMelangeText(node, "to"), let source, let pattern else { continue }
            transforms.append(MelangeTransform(source: source, pattern: pattern, replacement: replacement, name: name))
        }
        return transforms
    }
}
