import Documents

extension NodeReader {
    /// The steps of a list.
    mutating func melangeSteps(_ fields: DocumentNode, _ key: String) -> [MelangeStep] {
        var steps: [MelangeStep] = []
        for node in elements(fields, key, limit: MelangeLimits.steps) {
            guard let fields = self.fields(node, key, allowed: MelangeKeys.step) else { continue }
            let step = melangeStep(fields)
            check(step)
            steps.append(step)
        }
        return steps
    }

    /// A step, or the text of a pipeline that others use.
    mutating func melangeStep(_ fields: DocumentNode) -> MelangeStep {
        var step = MelangeStep(position: fields.position)
        step.name = melangeText(fields, "name")
        step.uses = melangeText(fields, "uses")
        step.inputs = melangePairs(fields, "with")
        step.script = melangeText(fields, "runs", limit: DocumentLimits.scriptBytes)
        step.condition = melangeText(fields, "if")
        if let needs = melangeSection(fields, "needs", MelangeKeys.needs) { step.needs = melangeTexts(needs, "packages") }
        step.workingDirectory = melangeText(fields, "working-directory")
        step.variables = melangeVariables(fields, "environment")
        step.steps = melangeSteps(fields, "pipeline")
        step.label = melangeText(fields, "label")?.value
        if let assertions = melangeSection(fields, "assertions", MelangeKeys.assertions), let count = assertions["required-steps"] {
            step.requiredSteps = integer(count, "required-steps", 0...Int64(MelangeLimits.steps)).map { Int($0) }
        }
        step.declarations = melangeInputs(fields)
        return step
    }

    private mutating func check(_ step: MelangeStep) {
        if step.uses != nil, let script = step.script {
            fail(at: script.position, "runs cannot stand beside uses; make two steps of it")
        }
        if step.uses == nil, let input = step.inputs.first {
            fail(at: input.position, "with: there is no pipeline that takes inputs; write uses, or leave it out")
        }
    }

    private mutating func melangeInputs(_ fields: DocumentNode) -> [MelangeInput] {
        guard let node = fields["inputs"] else { return [] }
        guard let members = node.members, members.count <= MelangeLimits.inputs else {
            expected("a mapping of at most \(MelangeLimits.inputs) inputs", node, "inputs")
            return []
        }
        var inputs: [MelangeInput] = []
        for member in members {
            let empty = MelangeText(value: "", position: member.position)
            guard !member.value.isNull else {
                inputs.append(MelangeInput(name: member.key, usual: empty, isRequired: false))
                continue
            }
            guard let fields = self.fields(member.value, member.key, allowed: MelangeKeys.input) else { continue }
            _ = melangeText(fields, "description")
            let usual = melangeText(fields, "default") ?? empty
            inputs.append(MelangeInput(name: member.key, usual: usual, isRequired: flag(fields, "required")))
        }
        return inputs
    }
}
