import Documents
import FarmModel

extension StepCompiler {
    /// Expands a step that uses a pipeline: one of the submission, one that has no text, or a built-in one.
    mutating func compile(_ step: MelangeStep, using uses: MelangeText, in outer: StepSurroundings) -> Bool {
        if NativePipeline.names.contains(uses.value), !pipelines.hasOwn(uses.value) { return compileNative(step, uses.value, in: outer) }
        guard uses.value.hasOnlyPathNames, let definition = pipelines.definition(uses.value) else {
            let near = suggestionText(for: uses.value, among: pipelines.allNames)
            let advice = near.isEmpty ? "; add it to the pipelines of the submission" : near
            fail(at: uses.position, "uses: there is no pipeline \(uses.value.quoted)\(advice)", in: outer)
            return false
        }
        guard let body = definition.step else {
            for error in definition.errors { errors.add(error) }
            return false
        }
        guard var inner = bound(step, to: body.declarations, of: uses.value, file: definition.file, in: outer) else { return false }
        inner.file = definition.file
        var expanded = body
        expanded.name = nil
        expanded.requiredSteps = body.requiredSteps ?? step.requiredSteps
        return enter(expanded, in: inner)
    }

    /// What a step passes on to the pipeline that it uses; nil if it does not run or its inputs are wrong.
    private mutating func bound(
        _ step: MelangeStep, to declarations: [MelangeInput], of pipeline: String, file: String, in outer: StepSurroundings
    ) -> StepSurroundings? {
        var binding = InputBinding(step: step, uses: pipeline, outer: outer)
        guard let inputs = binding.bind(declarations, file: file, errors: &errors) else { return nil }
        let size = inputs.reduce(0) { $0 + $1.value.utf8.count + MelangeLimits.inputCost }
        guard spend(size, at: step.position, in: outer) else { return nil }
        var inner = outer
        inner.scope.inputs.merge(inputs) { $1 }
        guard apply(step, to: &inner) else { return nil }
        inner.pipeline = pipeline
        return inner
    }

    private mutating func compileNative(_ step: MelangeStep, _ name: String, in outer: StepSurroundings) -> Bool {
        let declarations = NativePipeline.declarations(of: name)
        guard let inner = bound(step, to: declarations, of: name, file: outer.file, in: outer) else { return false }
        do throws(InputFault) {
            let script = try addSource(name, NativeInputs(inner.scope.inputs))
            add(script, at: step.position, in: inner)
            return true
        } catch {
            let place = step.inputs.first { $0.key == error.input }?.value.position ?? step.position
            fail(at: place, "\(error.input): \(error.message)", in: outer)
            return false
        }
    }

    /// Adds what is fetched before the first phase.
    /// - Returns: The script that lays it out.
    private mutating func addSource(_ name: String, _ inputs: NativeInputs) throws(InputFault) -> String {
        if name == NativePipeline.fetch {
            let fetch = try MelangeFetch(inputs, number: fetches.count)
            fetches.append(fetch)
            return fetch.script(inputs)
        }
        let checkout = try MelangeCheckout(inputs, number: checkouts.count)
        checkouts.append(checkout)
        return checkout.script(inputs)
    }
}
