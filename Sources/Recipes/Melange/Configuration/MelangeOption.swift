import Documents

/// One entry of `options`: what a build does otherwise if it is enabled.
///
/// melange reads `vars` and the packages of `environment.contents`
/// (https://github.com/chainguard-dev/melange/blob/main/pkg/config/build_option.go).
struct MelangeOption: Sendable {
    /// Its name.
    var name: String
    /// `vars`: variables that take the place of those of the configuration, or stand beside them.
    var variables: [MelangePair] = []
    /// `environment.contents.packages.add`
    var additions: [MelangeText] = []
    /// `environment.contents.packages.remove`: entries as they are written.
    var removals: [MelangeText] = []
}

extension MelangeConfigurationFile {
    /// The configuration with some of its options enabled, one after the other. Names that it does not have change nothing.
    func enabling(_ names: [String]) -> MelangeConfigurationFile {
        var configuration = self
        for name in names {
            guard let option = options.first(where: { $0.name == name }) else { continue }
            configuration.enabledOptions.insert(name)
            configuration.variables += option.variables
            configuration.environment.packages += option.additions
            let removed = Set(option.removals.map(\.value))
            configuration.environment.packages.removeAll { removed.contains($0.value) }
        }
        return configuration
    }
}
