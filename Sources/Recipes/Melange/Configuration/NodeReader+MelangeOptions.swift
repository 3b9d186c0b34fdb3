import Documents

extension NodeReader {
    /// `options`
    mutating func melangeOptions(_ fields: DocumentNode) -> [MelangeOption] {
        guard let node = fields["options"] else { return [] }
        guard let members = node.members, members.count <= MelangeLimits.options else {
            expected("a mapping of at most \(MelangeLimits.options) options", node, "options")
            return []
        }
        var options: [MelangeOption] = []
        for member in members {
            if !TextRule.buildOption.accepts(member.key) {
                fail(at: member.position, "options: expected \(TextRule.buildOption.expectation), found \(member.key.quoted)")
            }
            var option = MelangeOption(name: member.key)
            if !member.value.isNull, let fields = self.fields(member.value, member.key, allowed: MelangeKeys.buildOption) {
                readMelangeOption(fields, into: &option)
            }
            options.append(option)
        }
        return options
    }

    private mutating func readMelangeOption(_ fields: DocumentNode, into option: inout MelangeOption) {
        option.variables = melangePairs(fields, "vars")
        guard let environment = melangeSection(fields, "environment", MelangeKeys.optionEnvironment),
            let contents = melangeSection(environment, "contents", MelangeKeys.optionContents),
            let packages = melangeSection(contents, "packages", MelangeKeys.optionPackages)
        else { return }
        option.additions = melangeTexts(packages, "add")
        option.removals = melangeTexts(packages, "remove")
    }
}

extension TextRule {
    private static let optionBytes = ByteSet.alphanumeric + "._-"

    /// The name of an option, as it can stand in a variable.
    static let buildOption = TextRule("a name of letters, digits and . _ - that starts with a letter or digit", limit: 100) {
        $0.starts(in: .alphanumeric) && $0.consists(of: optionBytes) && $0.utf8.count <= 100
    }
}
