import Documents
import FarmModel

/// `environment`: the root file system of a build or test. What only images use is checked for its name and left out.
struct MelangeEnvironment: Sendable {
    /// `contents.build_repositories` and `contents.repositories`, in this order.
    var repositories: [MelangeText] = []
    /// `contents.keyring`
    var keys: [MelangeText] = []
    /// `contents.packages`
    var packages: [MelangeText] = []
    /// `environment`
    var variables: [MelangePair] = []
    /// `accounts.users`
    var users: [PackageEnvironment.Account] = []
    /// `accounts.groups`
    var groups: [PackageEnvironment.Account] = []
    /// `accounts.run-as`: the name or number of the user that steps run as.
    var user: MelangeText?
}
