import Documents
import FarmModel

/// `package`: the main package of a configuration.
struct MelangePackage: Sendable {
    /// Where it begins.
    var position: DocumentPosition
    /// `name`
    var name: MelangeText
    /// `version`, without the epoch.
    var version: MelangeText
    /// `epoch`: the `N` of `-rN`.
    var epoch: Int64
    /// What subpackages state too.
    var facts = MelangeFacts()
    /// `target-architecture`; empty or `all` means every one.
    var architectures: [MelangeText] = []
    /// `timeout`
    var timeoutMilliseconds: Int64?
    /// `resources`
    var resources = MelangeResources()
    /// `test-resources`
    var testResources: MelangeResources?
    /// `cpe`: the parts of the Common Platform Enumeration that are stated.
    var platform: [MelangePair] = []
}

/// `resources`: what a build asks for.
struct MelangeResources: Sendable, Equatable {
    /// `cpu`: cores.
    var cores: Double?
    /// `memory` in bytes.
    var memoryBytes: Int64?
    /// `disk` in bytes.
    var diskBytes: Int64?
}
