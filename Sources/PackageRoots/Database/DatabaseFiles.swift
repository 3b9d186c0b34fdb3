internal import AlpinePackage
internal import FarmModel
internal import Fetching
internal import PackageFiles

/// The files by which apk knows a root: its database below `/lib/apk/db`, its settings below `/etc/apk`.
struct DatabaseFiles {
    let lock: EnvironmentLock
    let packages: [CachedPackage]
    let keys: [PublicKey]
    let seconds: Int64

    private static let database = "lib/apk/db"
    private static let settings = "etc/apk"

    /// Adds all files to a layout in which all packages are.
    func add(to layout: inout RootLayout) throws(EnvironmentFailure) {
        try layout.write(Array(lock.architecture.name.utf8 + [UInt8(ascii: "\n")]), to: "\(Self.settings)/arch")
        try layout.write(Self.lines(lock.repositories.map(Self.line)), to: "\(Self.settings)/repositories")
        try layout.write(Self.lines(Set(lock.world).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }), to: "\(Self.settings)/world")
        for key in keys { try layout.write(Array(key.pem.utf8), to: "\(Self.settings)/keys/\(key.name)") }
        try layout.write(Self.lines(packages.compactMap(Self.triggers)), to: "\(Self.database)/triggers")
        try layout.write(ScriptArchive.bytes(of: packages, seconds: seconds), to: "\(Self.database)/scripts.tar")
        try layout.write([], to: "\(Self.database)/lock", mode: 0o600)
        // The last one: it says whose every other file is.
        try layout.write(Array(InstalledDatabase(layout: layout).text.utf8), to: "\(Self.database)/installed")
    }

    /// What is in a root is no secret, so passwords are left out of addresses.
    private static func line(_ repository: PackageEnvironment.Repository) -> String {
        let address = CredentialMask.masked(repository.address)
        return repository.tag.map { "@\($0) \(address)" } ?? address
    }

    private static func triggers(of package: CachedPackage) -> String? {
        let paths = package.control.info.triggers
        return paths.isEmpty ? nil : "\(ControlChecksum.text(of: package.control.checksum)) \(paths.joined(separator: " "))"
    }

    /// Lines, of which none can become two.
    private static func lines(_ lines: [String]) -> [UInt8] {
        lines.flatMap { line in line.utf8.map { $0 == UInt8(ascii: "\n") ? UInt8(ascii: " ") : $0 } + [UInt8(ascii: "\n")] }
    }
}
