import Documents
import FarmModel

/// Expands steps into what runs: looks up pipelines, binds their inputs, replaces variables and judges conditions.
struct StepCompiler {
    /// The pipelines that steps may use.
    var pipelines: MelangePipelines
    /// Whether scripts are made, or only needs are gathered.
    let makesScripts: Bool
    /// What is wrong.
    var errors: DocumentErrors
    /// How much text there is.
    var budget = TextBudget()
    /// What runs, in order.
    private var steps: [RunnableStep] = []
    /// The packages that pipelines need, in order.
    private var needs: [NeedReference] = []
    /// The files that are fetched.
    var fetches: [MelangeFetch] = []
    /// The repositories that are checked out.
    var checkouts: [MelangeCheckout] = []
    private var stepCount = 0
    private var needCount = 0

    init(pipelines: MelangePipelines, makesScripts: Bool, errors: DocumentErrors) {
        self.pipelines = pipelines
        self.makesScripts = makesScripts
        self.errors = errors
    }

    /// Takes what was gathered, so that the next steps gather anew.
    mutating func takeSteps() -> [RunnableStep] {
        defer { steps = [] }
        return steps
    }

    /// Takes the needs that were gathered.
    mutating func takeNeeds() -> [NeedReference] {
        defer { needs = [] }
        return needs
    }

    /// Takes the sources that were gathered; the next are numbered anew.
    mutating func takeSources() -> (fetches: [MelangeFetch], checkouts: [MelangeCheckout]) {
        defer { (fetches, checkouts) = ([], []) }
        return (fetches, checkouts)
    }

    /// Expands steps that follow each other.
    /// - Returns: How many of them run.
    @discardableResult
    mutating func compile(_ steps: [MelangeStep], in outer: StepSurroundings) -> Int {
        var count = 0
        for (index, step) in steps.enumerated() where !errors.isFull {
            var surroundings = outer
            if outer.title.isEmpty { surroundings.title = "step \(index + 1)" }
            if compile(step, in: surroundings) { count += 1 }
        }
        return count
    }

    /// Expands one step; false if its condition does not hold or something in it is wrong.
    private mutating func compile(_ step: MelangeStep, in outer: StepSurroundings) -> Bool {
        stepCount += 1
        guard stepCount <= MelangeLimits.steps else {
            fail(at: step.position, "more than \(MelangeLimits.steps) steps", in: outer)
            return false
        }
        guard outer.depth <= MelangeLimits.depth else {
            fail(at: step.position, "steps and pipelines within each other deeper than \(MelangeLimits.depth)", in: outer)
            return false
        }
        guard let uses = step.uses, step.steps.isEmpty else { return enter(step, in: passingInputs(of: step, in: outer)) }
        return compile(step, using: uses, in: outer)
    }

    /// What a step passes on to those within it, if it states inputs for them.
    private mutating func passingInputs(of step: MelangeStep, in outer: StepSurroundings) -> StepSurroundings {
        var inner = outer
        for pair in step.inputs {
            if let value = replaced(pair.value, pair.key, in: outer) { inner.scope.inputs[pair.key] = value }
        }
        return inner
    }

    /// Expands a step whose inputs are bound.
    mutating func enter(_ step: MelangeStep, in outer: StepSurroundings) -> Bool {
        var inner = outer
        guard apply(step, to: &inner) else { return false }
        for need in step.needs { add(need, in: inner) }
        if makesScripts, let script = step.script, let text = replaced(script, "runs", in: inner) {
            if text.utf8.count > RunnableStep.longestScript {
                fail(at: script.position, "runs: longer than \(RunnableStep.longestScript) bytes; make several steps of it", in: inner)
            }
            add(text, at: script.position, in: inner)
        }
        inner.depth += 1
        let count = compile(step.steps, in: inner)
        if let required = step.requiredSteps, required != count, !errors.isFull {
            fail(at: step.position, "required-steps: \(required) of the steps must run, but \(count) would", in: inner)
        }
        return true
    }

    /// Adds what a step states to what it passes on; false if it does not run.
    mutating func apply(_ step: MelangeStep, to surroundings: inout StepSurroundings) -> Bool {
        if let condition = step.condition, !holds(condition, in: surroundings) { return false }
        guard makesScripts else { return true }
        if let name = step.name, let text = replaced(name, "name", in: surroundings) { surroundings.title = text.onOneLine }
        if step.name == nil, let uses = step.uses, surroundings.pipeline == nil { surroundings.title = uses.value.onOneLine }
        if let folder = step.workingDirectory, let path = replaced(folder, "working-directory", in: surroundings), !path.isEmpty {
            surroundings.workingDirectory = path.isAbsolutePath ? path : "\(BuildPlaces.workspace)/\(path)"
        }
        for variable in step.variables {
            if let value = replaced(variable.value, variable.key, in: surroundings) { surroundings.variables[variable.key] = value }
        }
        return true
    }

    /// Adds a script to what runs, unless it is empty. What it has from around it is counted as often as it is repeated.
    mutating func add(_ script: String, at position: DocumentPosition, in surroundings: StepSurroundings) {
        guard makesScripts, !script.utf8.allSatisfy(\.isBlank) else { return }
        let title = surroundings.title
        let note = surroundings.pipeline.flatMap { title.hasPrefix($0) ? nil : " (\($0))" } ?? ""
        let repeated = surroundings.variables.reduce(title.utf8.count + 2 * surroundings.workingDirectory.utf8.count) { size, variable in
            size + variable.key.utf8.count + variable.value.utf8.count
        }
        guard spend(repeated, at: position, in: surroundings) else { return }
        steps.append(
            RunnableStep(
                title: title + note, workingDirectory: surroundings.workingDirectory, variables: surroundings.variables, script: script))
    }

    private mutating func add(_ need: MelangeText, in surroundings: StepSurroundings) {
        guard let text = replaced(need, "needs", in: surroundings)?.trimmed, !text.isEmpty else { return }
        needCount += 1
        guard needCount <= MelangeLimits.needs else {
            fail(at: need.position, "more than \(MelangeLimits.needs) packages are needed", in: surroundings)
            return
        }
        needs.append(NeedReference(text: text, file: surroundings.file, position: need.position, pipeline: surroundings.pipeline))
    }
}
