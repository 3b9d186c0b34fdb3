/// How a runner makes packages.
public struct PackageOptions: Sendable, Equatable {
    /// The file of the private key that they are signed with; nil for the farm's own, which is made when it is first needed.
    public var signingKey: String?
    /// The folder of the repository that they go into; nil for the one in the state directory.
    public var repository: String?
    /// Repositories that packages of environments may come from beside those that documents name.
    public var repositories: [String] = []
    /// Keys of these repositories.
    public var keys: [String] = []
    /// Packages in the environments of all tests, beside those that the tests name.
    public var testPackages: [String] = []
    /// Who they come from, for their bills of materials.
    public var namespace = "unknown"

    /// The farm's own key and repository.
    public init() {}
}
