import Documents

/// One step of a pipeline; the text of a pipeline that others use is one too.
struct MelangeStep: Sendable {
    /// Where it begins.
    var position: DocumentPosition
    /// `name`
    var name: MelangeText?
    /// `uses`: the pipeline that it stands for.
    var uses: MelangeText?
    /// `with`: the inputs of that pipeline.
    var inputs: [MelangePair] = []
    /// `runs`: a script.
    var script: MelangeText?
    /// `if`
    var condition: MelangeText?
    /// `needs.packages`
    var needs: [MelangeText] = []
    /// `working-directory`
    var workingDirectory: MelangeText?
    /// `environment`: variables of this step and those within it.
    var variables: [MelangePair] = []
    /// `pipeline`: steps within it.
    var steps: [MelangeStep] = []
    /// `label`
    var label: String?
    /// `assertions.required-steps`: how many of the steps within it must run.
    var requiredSteps: Int?
    /// `inputs`: what the users of this pipeline may or must state.
    var declarations: [MelangeInput] = []

    /// An empty step.
    init(position: DocumentPosition) { self.position = position }
}

/// One of the `inputs` that a pipeline declares.
struct MelangeInput: Sendable {
    /// Its name.
    var name: String
    /// What holds if the user does not state it; empty if there is no such thing.
    var usual: MelangeText
    /// Whether it must not be empty.
    var isRequired: Bool
}
