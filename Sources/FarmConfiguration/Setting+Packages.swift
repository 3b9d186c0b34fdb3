internal import FarmModel

/// How apk packages are built.
extension Setting {
    /// Repositories beside those of the documents.
    public static let packagesRepositories = Setting(
        "packages.repositories", .texts, "none", "Repositories of apk packages beside those that configurations name.")
    /// Keys beside those of the documents.
    public static let packagesKeys = Setting(
        "packages.keys", .texts, "none", "Public keys of these repositories: files or addresses.")
    /// Folders of pipelines.
    public static let packagesPipelines = Setting(
        "packages.pipelines", .texts, "none", "Folders of pipelines for melange configurations that are submitted here.")
    /// What every test has.
    public static let packagesTestPackages = Setting(
        "packages.test_packages", .texts, "none", "Packages in the environments of all tests, beside those that the tests name.")
    /// What packages are signed with.
    public static let packagesSigningKey = Setting(
        "packages.signing_key", .path, "one of the farm's own", "The private key that packages and their indexes are signed with.")
    /// Where finished packages go.
    public static let packagesRepository = Setting(
        "packages.repository", .path, "packages in the state directory", "The folder of the repository that finished packages go into.")
    /// Who packages come from.
    public static let packagesNamespace = Setting(
        "packages.namespace", .text, "unknown", "The namespace of packages in their bills of materials.")

    static let packages = [
        packagesRepositories, packagesKeys, packagesPipelines, packagesTestPackages, packagesSigningKey, packagesRepository,
        packagesNamespace,
    ]
}
