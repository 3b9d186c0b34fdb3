public import Documents
public import FarmModel

/// Turns configurations into what plans are made of.
public struct MelangeCompiler: Sendable {
    /// The pipelines that steps may use.
    public var pipelines: MelangePipelines
    /// What is added to what configurations state.
    public var defaults: MelangeDefaults

    /// Compiles with some pipelines.
    public init(pipelines: MelangePipelines, defaults: MelangeDefaults = MelangeDefaults()) {
        self.pipelines = pipelines
        self.defaults = defaults
    }

    /// Compiles a configuration for an architecture.
    /// - Throws: `badInput` with everything that is wrong, a line each.
    public mutating func compile(_ configuration: MelangeConfigurationFile, for architecture: Architecture) throws(FarmError)
        -> MelangeBuild
    {
        var compilation = Compilation(configuration, for: architecture, pipelines: pipelines, defaults: defaults)
        let build = compilation.build()
        pipelines = compilation.pipelines
        if let error = compilation.errors.farmError { throw error }
        return build
    }

    /// Finds what the order of builds goes by, without making scripts; nil if something is wrong.
    /// - Parameter errors: Gets everything that is wrong.
    public mutating func head(
        of configuration: MelangeConfigurationFile, for architecture: Architecture, errors: inout DocumentErrors
    ) -> MelangeHead? {
        var compilation = Compilation(configuration, for: architecture, pipelines: pipelines, defaults: defaults, makesScripts: false)
        let head = compilation.head()
        pipelines = compilation.pipelines
        for error in compilation.errors.list { errors.add(error) }
        return compilation.errors.list.isEmpty ? head : nil
    }
}
