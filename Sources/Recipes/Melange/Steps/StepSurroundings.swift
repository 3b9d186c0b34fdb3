/// What a step has from what it stands in.
struct StepSurroundings {
    /// The file in which it stands, for messages.
    var file: String
    /// The variables.
    var scope: MelangeScope
    /// Where it starts unless it says so itself, absolute.
    var workingDirectory = BuildPlaces.workspace
    /// Variables of its environment.
    var variables: [String: String] = [:]
    /// What the log calls it unless it has a name.
    var title: String
    /// The pipeline in which it stands, if any.
    var pipeline: String?
    /// How many steps it stands in, those of pipelines among them.
    var depth = 0

    /// At the top of a package's or test's steps.
    init(file: String, scope: MelangeScope) {
        self.file = file
        self.scope = scope
        title = ""
    }
}
