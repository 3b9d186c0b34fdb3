/// What is known of a package without opening it: an entry of an APKINDEX, or a `.PKGINFO`.
public struct PackageRecord: Sendable, Hashable {
    /// `P:`, `pkgname`
    public var name: String
    /// `V:`, `pkgver`, with its release: `1.2.3-r4`
    public var version: String
    /// `A:`, `arch`, as apk spells it: `x86_64`, `aarch64`, `armv7`, `riscv64`, `noarch`
    public var architecture: String
    /// `C:`, the SHA-1 of the control segment as it stands in the file: 20 bytes. Empty if it is not known.
    public var controlChecksum: [UInt8] = []
    /// `S:`, the size of the file in bytes.
    public var size: Int64 = 0
    /// `I:`, `size`: what its files take, in bytes.
    public var installedSize: Int64 = 0
    /// `T:`, `pkgdesc`
    public var summary = ""
    /// `U:`, `url`
    public var url = ""
    /// `L:`, `license`
    public var license = ""
    /// `o:`, `origin`: the package that it was built with.
    public var origin: String?
    /// `m:`, `maintainer`
    public var maintainer: String?
    /// `t:`, `builddate`: seconds since 1970.
    public var buildTime: Int64?
    /// `c:`, `commit`: what its sources were.
    public var commit: String?
    /// `k:`, `provider_priority`: among providers of the same name the highest is taken.
    public var providerPriority: Int64?
    /// `q:`, `replaces_priority`
    public var replacesPriority: Int64?
    /// `D:`, `depend`: what must be installed with it; conflicts begin with `!`.
    public var dependencies: [Dependency] = []
    /// `p:`, `provides`
    public var provides: [Dependency] = []
    /// `r:`, `replaces`: the packages whose files it may overwrite.
    public var replaces: [Dependency] = []
    /// `i:`, `install_if`: it is installed as soon as all of these are; empty means never by itself.
    public var installIf: [Dependency] = []

    /// A package of which nothing more is known.
    public init(name: String, version: String, architecture: String) {
        self.name = name
        self.version = version
        self.architecture = architecture
    }

    /// How its file is called in a repository.
    public var fileName: String { "\(name)-\(version).apk" }
}
