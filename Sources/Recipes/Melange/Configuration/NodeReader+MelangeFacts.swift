import Documents
import FarmModel

extension NodeReader {
    /// What a package and a subpackage state in the same words.
    mutating func melangeFacts(_ fields: DocumentNode) -> MelangeFacts {
        var facts = MelangeFacts()
        facts.summary = melangeText(fields, "description")
        facts.url = melangeText(fields, "url")
        facts.commit = melangeText(fields, "commit")
        facts.copyrights = melangeCopyrights(fields)
        facts.dependencies = melangeDependencies(fields)
        facts.options = melangePackageOptions(fields)
        readMelangeScriptlets(fields, into: &facts)
        if let checks = melangeSection(fields, "checks", MelangeKeys.checks) {
            facts.disabledLinters = melangeTexts(checks, "disabled").map(\.value)
        }
        facts.annotations = melangePairs(fields, "annotations")
        facts.capabilities = melangeFileCapabilities(fields)
        return facts
    }

    private mutating func melangeCopyrights(_ fields: DocumentNode) -> [MelangeCopyright] {
        var copyrights: [MelangeCopyright] = []
        for node in melangeSections(fields, "copyright", MelangeKeys.copyright) {
            guard let license = requiredMelangeText(node, "license") else { continue }
            var copyright = MelangeCopyright(license: license)
            copyright.licensePath = melangeText(node, "license-path").flatMap { $0.value.isEmpty ? nil : $0 }
            copyright.attestation = melangeText(node, "attestation")?.value
            copyright.paths = melangeTexts(node, "paths")
            _ = melangeText(node, "detection-override")
            copyrights.append(copyright)
        }
        return copyrights
    }

    private mutating func melangeDependencies(_ fields: DocumentNode) -> MelangeDependencies {
        guard let section = melangeSection(fields, "dependencies", MelangeKeys.dependencies) else { return MelangeDependencies() }
        return MelangeDependencies(
            runtime: melangeTexts(section, "runtime"), provides: melangeTexts(section, "provides"),
            replaces: melangeTexts(section, "replaces"), providerPriority: melangeText(section, "provider-priority"),
            replacesPriority: melangeText(section, "replaces-priority"))
    }

    private mutating func melangePackageOptions(_ fields: DocumentNode) -> PackageBody.Options {
        var options = PackageBody.Options()
        guard let section = melangeSection(fields, "options", MelangeKeys.packageOptions) else { return options }
        options.hasNoProvides = flag(section, "no-provides")
        options.hasNoDependencies = flag(section, "no-depends")
        options.hasNoCommands = flag(section, "no-commands")
        options.hasNoLibraryVersions = flag(section, "no-versioned-shlib-deps")
        return options
    }

    private mutating func readMelangeScriptlets(_ fields: DocumentNode, into facts: inout MelangeFacts) {
        guard let section = melangeSection(fields, "scriptlets", MelangeKeys.scriptlets) else { return }
        for scriptlet in PackageBody.Scriptlet.allCases where scriptlet != .trigger {
            facts.scriptlets[scriptlet] = melangeText(section, scriptlet.rawValue, limit: DocumentLimits.scriptBytes)
        }
        guard let trigger = melangeSection(section, "trigger", MelangeKeys.trigger) else { return }
        facts.scriptlets[.trigger] = melangeText(trigger, "script", limit: DocumentLimits.scriptBytes)
        facts.triggerPaths = melangeTexts(trigger, "paths")
        for path in facts.triggerPaths where !path.value.isAbsolutePath || path.value.contains(where: \.isWhitespace) {
            fail(at: path.position, "paths: expected an absolute path or glob without spaces, found \(path.value.quoted)")
        }
    }
}
