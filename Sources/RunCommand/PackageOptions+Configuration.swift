internal import FarmConfiguration
internal import FarmRunner

extension PackageOptions {
    /// What is configured.
    init(_ configuration: Configuration) {
        self.init()
        signingKey = configuration.text(.packagesSigningKey)
        repository = configuration.text(.packagesRepository)
        repositories = configuration.list(.packagesRepositories)
        keys = configuration.list(.packagesKeys)
        testPackages = configuration.list(.packagesTestPackages)
        namespace = configuration.text(.packagesNamespace) ?? namespace
    }
}
